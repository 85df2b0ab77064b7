/**
 * How much a liquidator must take over to cure a margin shortage (Drift class). Float64.
 *
 * Taking a unit over frees its margin and costs the liquidator's and the insurance fund's fees, so
 * the shortage is divided by what a unit frees. Null when a unit frees nothing: no size cures.
 */

import { requireAboveZero, requireAtLeastZero } from './invalidInput.js';

export interface PerpetualTransfer {
  /** Margin that is missing, in USD. */
  readonly shortage: number;
  /** USD per unit of the quote asset. */
  readonly quotePrice: number;
  /** Quote per unit of the base. */
  readonly price: number;
  readonly marginRate: number;
  readonly liquidatorFeeRate: number;
  readonly insuranceFeeRate: number;
}

/** Units of the base to take over: shortage ÷ quote price ÷ (price × (margin − fees)). */
export function perpetualTransfer(transfer: PerpetualTransfer): number | null {
  requireAtLeastZero('shortage', transfer.shortage);
  requireAboveZero('quotePrice', transfer.quotePrice);
  requireAboveZero('price', transfer.price);
  requireAtLeastZero('marginRate', transfer.marginRate);
  requireAtLeastZero('liquidatorFeeRate', transfer.liquidatorFeeRate);
  requireAtLeastZero('insuranceFeeRate', transfer.insuranceFeeRate);
  const freed = transfer.marginRate - transfer.liquidatorFeeRate - transfer.insuranceFeeRate;
  return cured(transfer.shortage / transfer.quotePrice, transfer.price * freed);
}

export interface BorrowTransfer {
  readonly shortage: number;
  /** USD per unit of what is owed. */
  readonly liabilityPrice: number;
  /** Above 1: what is owed counts for more. */
  readonly liabilityWeight: number;
  /** Below 1: what is held counts for less. */
  readonly assetWeight: number;
  /** What the liquidator gets per USD of asset, 1.05 with a bonus of 5 %. */
  readonly assetMultiplier: number;
  /** What the liquidator pays per USD of liability, at most 1. */
  readonly liabilityMultiplier: number;
  readonly insuranceFeeRate: number;
}

/** Units of the liability: shortage ÷ (price × (lw − aw × aM ÷ lM − insurance fee × lw)). */
export function borrowTransfer(transfer: BorrowTransfer): number | null {
  const { shortage, liabilityPrice, liabilityWeight, assetWeight } = transfer;
  const { assetMultiplier, liabilityMultiplier, insuranceFeeRate } = transfer;
  requireAtLeastZero('shortage', shortage);
  requireAboveZero('liabilityPrice', liabilityPrice);
  requireAtLeastZero('liabilityWeight', liabilityWeight);
  requireAtLeastZero('assetWeight', assetWeight);
  requireAboveZero('assetMultiplier', assetMultiplier);
  requireAboveZero('liabilityMultiplier', liabilityMultiplier);
  requireAtLeastZero('insuranceFeeRate', insuranceFeeRate);
  const given = (assetWeight * assetMultiplier) / liabilityMultiplier;
  const freed = liabilityWeight - given - insuranceFeeRate * liabilityWeight;
  return cured(shortage, liabilityPrice * freed);
}

function cured(shortage: number, freedPerUnit: number): number | null {
  const units = freedPerUnit > 0 ? shortage / freedPerUnit : Infinity;
  return Number.isFinite(units) ? units : null;
}
