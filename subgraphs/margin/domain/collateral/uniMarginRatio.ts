/**
 * One margin ratio over everything that an account has at a venue (Binance unified account class).
 *
 * Source: binance.com, «Portfolio margin»: uniMMR = Σ adjusted equity ÷ Σ maintenance margin.
 */

import {
  isNegative,
  isPositive,
  ratioFloor,
  smaller,
  sum,
  usdFloor,
  type Price,
  type Quantity,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';

export interface EquityAsset {
  /** Units, unrealized profit included; negative when owed. */
  readonly quantity: Quantity;
  readonly indexPrice: Price;
  /** Share of what is held that counts, 0 to 1; what is owed counts in full. */
  readonly collateralRate: Ratio;
}

export interface UniMargin {
  /** May be negative. */
  readonly adjustedEquity: Usd;
  /** Adjusted equity ÷ maintenance margin; null without a requirement. */
  readonly ratio: Ratio | null;
}

/** What an asset counts for: min(worth × rate, worth), so that a haircut never makes a debt smaller. */
export const adjustedEquity = ({ quantity, indexPrice, collateralRate }: EquityAsset): Usd =>
  smaller(usdFloor([quantity, indexPrice, collateralRate]), usdFloor([quantity, indexPrice]));

export function uniMarginRatio(
  assets: readonly EquityAsset[],
  maintenanceMargins: readonly Usd[],
): UniMargin {
  const equity = sum(assets.map(adjustedEquity));
  const required = sum(maintenanceMargins);
  return {
    adjustedEquity: equity,
    ratio: isPositive(required) ? ratioFloor(equity, required) : null,
  };
}

/** Whether nothing is required and nothing is missing either. */
export const isWithoutRisk = ({ adjustedEquity: equity, ratio }: UniMargin): boolean =>
  ratio === null && !isNegative(equity);
