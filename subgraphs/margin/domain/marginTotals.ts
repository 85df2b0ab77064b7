/** The amounts that follow from what is owned, owed and required. */

import { add, subtract, sum, type Usd } from '../../shared/units.js';
import type { MarginTotals } from './marginModel.js';
import { marginRatio } from './marginRatio.js';

/** The amounts that add up over parts. */
export type AdditiveTotals = Pick<
  MarginTotals,
  'collateralValue' | 'unrealizedPnl' | 'optionValue' | 'initialMargin' | 'maintenanceMargin'
>;

/** Equity without the value of options, as rules have it that require the mark of short ones. */
export const marginTotals = (additive: AdditiveTotals): MarginTotals =>
  totalsWith(add(additive.collateralValue, additive.unrealizedPnl), additive);

/**
 * Equity with what options are worth, negative when short: for models whose requirement is the loss
 * from there.
 */
export const revaluedTotals = (additive: AdditiveTotals): MarginTotals =>
  totalsWith(
    sum([additive.collateralValue, additive.unrealizedPnl, additive.optionValue]),
    additive,
  );

function totalsWith(equity: Usd, additive: AdditiveTotals): MarginTotals {
  const { collateralValue, unrealizedPnl, initialMargin, maintenanceMargin } = additive;
  return {
    collateralValue,
    unrealizedPnl,
    optionValue: additive.optionValue,
    equity,
    initialMargin,
    maintenanceMargin,
    freeCollateral: subtract(equity, initialMargin),
    marginRatio: marginRatio(equity, maintenanceMargin),
  };
}

/** Exact sums of the parts, and what follows from the sums. */
export function summedTotals(parts: readonly AdditiveTotals[]): MarginTotals {
  const total = (pick: (part: AdditiveTotals) => Usd) => sum(parts.map(pick));
  return marginTotals({
    collateralValue: total((part) => part.collateralValue),
    unrealizedPnl: total((part) => part.unrealizedPnl),
    optionValue: total((part) => part.optionValue),
    initialMargin: total((part) => part.initialMargin),
    maintenanceMargin: total((part) => part.maintenanceMargin),
  });
}
