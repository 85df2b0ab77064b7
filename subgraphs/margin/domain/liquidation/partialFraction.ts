import { requireAtLeastZero, requireFinite } from './invalidInput.js';

export interface PartialLiquidation {
  /** C: what the collateral is worth, USD. */
  readonly collateral: number;
  /** MM: the maintenance requirement, USD. */
  readonly maintenanceMargin: number;
  /** pN: penalty and slippage of closing everything, USD. */
  readonly closingCost: number;
  /** β: how far beyond 1 the margin ratio shall be afterwards; 0.2 makes it 1.2. */
  readonly buffer: number;
}

/**
 * The least share of every position, 0 to 1, whose closing brings collateral ÷ requirement to 1 + β:
 * ((1 + β) MM − C) ÷ ((1 + β) MM − pN). Zero when it is there already, 1 when only a full close is
 * left. Float64. Source: domain rules, §10.
 */
export function partialFraction(liquidation: PartialLiquidation): number {
  const { collateral, maintenanceMargin, closingCost, buffer } = liquidation;
  requireFinite('collateral', collateral);
  requireAtLeastZero('maintenanceMargin', maintenanceMargin);
  requireAtLeastZero('closingCost', closingCost);
  requireAtLeastZero('buffer', buffer);
  const target = (1 + buffer) * maintenanceMargin;
  const missing = target - collateral;
  if (missing <= 0) return 0;
  const relief = target - closingCost;
  return relief > 0 ? Math.min(1, missing / relief) : 1;
}
