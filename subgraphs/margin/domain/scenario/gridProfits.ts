/** From what expiries are worth in each scenario to the profit that counts. */

import { isSkew, type GridScenario } from './gridScenario.js';
import type { OptionTotals } from './optionTotals.js';
import { numeraireGrowth, type ScanExpiry, type ScanMarket } from './scanMarket.js';

/**
 * Weighted profit by scenario, USD.
 *
 * @param linear Profits of futures and held coins by scenario, before weighting.
 */
export function gridProfits(
  market: ScanMarket,
  { today, shocked }: OptionTotals,
  linear: Float64Array,
): Float64Array {
  const { grid, expiries, scan } = market;
  const profits = new Float64Array(grid.length);
  for (let s = 0; s < grid.length; s++) {
    const scenario = grid[s]!;
    let profit = linear[s]!;
    for (let e = 0; e < expiries.length; e++) {
      const worth = shocked[e * grid.length + s]!;
      const moved = worth * worthFactor(market, scenario, expiries[e]!, worth) - today[e]!;
      profit += moved * skewSign(scenario, moved);
    }
    profits[s] = profit * scenario.weight * (profit > 0 ? scan.profitShare : 1);
  }
  return profits;
}

/** What counts of an expiry's worth in a scenario, by the sign of that worth. */
export const worthFactor = (
  market: ScanMarket,
  scenario: GridScenario,
  { factors }: ScanExpiry,
  worth: number,
): number => (worth >= 0 ? factors.positive : factors.negative) / numeraireGrowth(market, scenario);

/** A skew scenario may twist either way, so that what an expiry would gain counts as its loss. */
export const skewSign = ({ volatility }: GridScenario, profit: number): 1 | -1 =>
  isSkew(volatility) && profit > 0 ? -1 : 1;
