/**
 * The mark prices at which one position on its own margin is liquidated, and at which its margin is
 * gone, in closed form. Float64; an account's prices, with everything else in it, are searched.
 *
 * LINEAR: margin in USD, profit size × (price − entry). INVERSE: margin in the coin, size in USD,
 * profit size × (1 ÷ entry − 1 ÷ price).
 */

import { InvalidInput, requireAboveZero, requireBetween, requireFinite } from './invalidInput.js';

export interface SinglePosition {
  readonly contract: 'LINEAR' | 'INVERSE';
  /** LINEAR: units of the underlying; INVERSE: USD that the contracts stand for. Negative when short. */
  readonly size: number;
  readonly entryPrice: number;
  /** Margin without unrealized profit: LINEAR in USD, INVERSE in coins. */
  readonly wallet: number;
  /** Maintenance margin as a share of the position's value, 0 to below 1. */
  readonly maintenanceRate: number;
}

/**
 * Where equity equals the maintenance margin. Null when no price above zero does it: a long whose
 * margin pays for all of it, or an inverse short whose coins outlast any rise.
 */
export function singleLiquidationPrice(position: SinglePosition): number | null {
  requirePosition(position);
  return priceAt(position, position.maintenanceRate);
}

/** Where equity is zero; null like the liquidation price. */
export function singleBankruptcyPrice(position: SinglePosition): number | null {
  requirePosition(position);
  return priceAt(position, 0);
}

function priceAt(position: SinglePosition, rate: number): number | null {
  const { contract, size, entryPrice, wallet } = position;
  const side = Math.sign(size);
  const held = Math.abs(size);
  const price =
    contract === 'LINEAR'
      ? (entryPrice - (side * wallet) / held) / (1 - side * rate)
      : (held * (1 + side * rate)) / (held / entryPrice + side * wallet);
  return price > 0 && Number.isFinite(price) ? price : null;
}

function requirePosition(position: SinglePosition): void {
  const { size, entryPrice, wallet, maintenanceRate } = position;
  requireFinite('size', size);
  if (size === 0) throw new InvalidInput('size', size, 'a position');
  requireAboveZero('size', Math.abs(size));
  requireAboveZero('entryPrice', entryPrice);
  requireFinite('wallet', wallet);
  requireBetween('maintenanceRate', maintenanceRate, 0, 0.999999);
}
