/** A scan from risk arrays: the same profits as `scanProfits`, without pricing anything twice. */

import type { UnderlyingRisk } from '../risk/riskBook.js';
import { gridProfits } from './gridProfits.js';
import type { RiskArray, RiskArrays } from './riskArrays.js';
import type { ScanMarket } from './scanMarket.js';

/** After a price has moved, an account keeps its holdings and takes the new array of what moved. */
export interface Holding {
  readonly quantity: number;
  readonly array: RiskArray;
}

/** What an account holds of one underlying, with the arrays of the prices in `arrays`. */
export function holdings(
  arrays: RiskArrays,
  { options, futures, collateral }: UnderlyingRisk,
): readonly Holding[] {
  const optionArrays = arrays.options(options);
  const coins = collateral.filter(({ isRiskCancelling }) => isRiskCancelling);
  return [
    ...options.map(({ quantity }, i) => ({ quantity, array: optionArrays[i]! })),
    ...futures.map((future) => ({ quantity: future.quantity, array: arrays.future(future) })),
    ...coins.map((held) => ({ quantity: held.quantity, array: arrays.held(held) })),
  ];
}

/** Weighted profit by scenario of the market's grid, USD: a dot product and the venue's factors. */
export function accountScan(market: ScanMarket, held: readonly Holding[]): Float64Array {
  const count = market.grid.length;
  const today = new Float64Array(market.expiries.length);
  const shocked = new Float64Array(market.expiries.length * count);
  const linear = new Float64Array(count);
  for (const { quantity, array } of held) {
    const { expiry } = array;
    if (expiry === null) {
      addScaled(linear, 0, array.shocked, quantity);
    } else {
      today[expiry]! += quantity * array.today;
      addScaled(shocked, expiry * count, array.shocked, quantity);
    }
  }
  return gridProfits(market, { today, shocked }, linear);
}

function addScaled(
  totals: Float64Array,
  offset: number,
  units: Float64Array,
  quantity: number,
): void {
  for (let s = 0; s < units.length; s++) totals[offset + s]! += quantity * units[s]!;
}
