/**
 * The limit of a liquidation order: the oracle price, worsened by a share of the maintenance margin
 * that grows from none at the requirement to `spreadToMaintenancePpm` of it in bankruptcy.
 *
 * Source: docs.dydx.exchange, «Liquidations»: (PNNV − ABR × SMMR × PMMR) ÷ PS, with
 * ABR = clamp(BA × (1 − TNC ÷ TMMR), 0, 1).
 */

import { PARTS_PER_MILLION } from './integerQuotient.js';
import { liquidatedPosition } from './liquidatedPosition.js';
import { netNotional } from './quantumMarket.js';
import { quantumRequirement } from './quantumRequirement.js';
import {
  netCollateral,
  type NoLiquidationPrice,
  type QuantumAccount,
  type SizeDelta,
} from './quantumAccount.js';

export interface LiquidationSpread {
  /** How fast the spread widens with the shortfall, ppm; 1,000,000 is in step with it. */
  readonly bankruptcyAdjustmentPpm: bigint;
  /** The widest spread, ppm of the position's maintenance margin. */
  readonly spreadToMaintenancePpm: bigint;
}

export interface FillablePrice {
  readonly kind: 'price';
  /**
   * Quote quantums per base quantum are `numerator` ÷ `denominator`, kept as a fraction so that
   * nothing is rounded. The denominator is above zero.
   */
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function fillablePrice(
  account: QuantumAccount,
  delta: SizeDelta,
  spread: LiquidationSpread,
): FillablePrice | NoLiquidationPrice {
  const found = liquidatedPosition(account, delta);
  if (found.kind === 'none') return found;
  const { position, maintenance } = found;

  // Everything is over maintenance × 10⁶ (the rating) and × 10⁶ once more (the spread).
  const whole = maintenance * PARTS_PER_MILLION;
  const shortfall = maintenance - netCollateral(account);
  const rating = clamp(spread.bankruptcyAdjustmentPpm * shortfall, 0n, whole);
  const own = quantumRequirement(position.market, position.quantums).maintenance;
  const scale = whole * PARTS_PER_MILLION;
  const numerator =
    netNotional(position.market, position.quantums) * scale -
    rating * spread.spreadToMaintenancePpm * own;
  return position.quantums > 0n
    ? { kind: 'price', numerator, denominator: position.quantums * scale }
    : { kind: 'price', numerator: -numerator, denominator: -position.quantums * scale };
}

const clamp = (value: bigint, least: bigint, most: bigint) =>
  value < least ? least : value > most ? most : value;
