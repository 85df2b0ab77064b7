/** A loan against collateral, and how much of it a liquidator may repay at once (Aave class). Float64. */

import { requireAtLeastZero, requireBetween } from './invalidInput.js';

export interface LoanCollateral {
  /** USD. */
  readonly value: number;
  /** Share of the value that may be owed against before liquidation, 0 to 1. */
  readonly liquidationThreshold: number;
}

/** Dated data of the venue. */
export interface CloseFactorRules {
  /** Share of the debt that may be repaid at once while the health factor is above the threshold. */
  readonly closeShare: number;
  /** Below it the whole debt may be repaid. */
  readonly fullCloseBelow: number;
}

/** Σ value × threshold ÷ debt; liquidatable below 1. Null without debt. */
export function healthFactor(collateral: readonly LoanCollateral[], debt: number): number | null {
  requireAtLeastZero('debt', debt);
  const counted = collateral.reduce((total, { value, liquidationThreshold }) => {
    requireAtLeastZero('value', value);
    requireBetween('liquidationThreshold', liquidationThreshold, 0, 1);
    return total + value * liquidationThreshold;
  }, 0);
  const factor = counted / debt;
  return Number.isFinite(factor) ? factor : null;
}

/** Share of the debt that may be repaid now: none at 1 and above, or without debt. */
export function closeShare(factor: number | null, rules: CloseFactorRules): number {
  requireBetween('closeShare', rules.closeShare, 0, 1);
  requireBetween('fullCloseBelow', rules.fullCloseBelow, 0, 1);
  if (factor === null || factor >= 1) return 0;
  return factor < rules.fullCloseBelow ? 1 : rules.closeShare;
}
