/** The rows of a CRIF file that state add-ons, apart from those that state sensitivities. */

import type { AddOns } from './addOns.js';
import { crifAmountUsd, InvalidCrif, type CrifRow, type UsdRate } from './crif.js';

/** Risk types of add-ons. */
const MULTIPLIER = 'Param_ProductClassMultiplier';
const NOTIONAL_FACTOR = 'Param_AddOnNotionalFactor';
const FIXED_AMOUNT = 'Param_AddOnFixedAmount';
const NOTIONAL = 'Notional';

export const isAddOn = ({ riskType }: CrifRow): boolean =>
  [MULTIPLIER, NOTIONAL_FACTOR, FIXED_AMOUNT, NOTIONAL].includes(riskType);

/** Leaves rows of other risk types alone. Throws InvalidCrif for a row without its amount. */
export function crifAddOns(rows: readonly CrifRow[], rate: UsdRate): AddOns {
  const of = (riskType: string) => rows.filter((row) => row.riskType === riskType);
  return {
    multipliers: of(MULTIPLIER).map((row) => ({
      productClass: row.qualifier,
      multiplier: plainAmount(row),
    })),
    notionalFactors: of(NOTIONAL_FACTOR).map((row) => ({
      product: row.qualifier,
      percent: plainAmount(row),
    })),
    notionals: of(NOTIONAL).map((row) => ({
      product: row.qualifier,
      amount: crifAmountUsd(row, rate),
    })),
    fixedAmounts: of(FIXED_AMOUNT).map((row) => crifAmountUsd(row, rate)),
  };
}

/** A number without a currency. */
function plainAmount({ line, amount }: CrifRow): number {
  if (amount === null) throw new InvalidCrif(line, 'Amount', 'empty');
  return amount;
}
