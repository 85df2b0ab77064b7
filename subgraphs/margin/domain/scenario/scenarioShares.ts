/** What each line of the book loses in one scenario. */

import type { UnderlyingRisk } from '../risk/riskBook.js';
import type { GridScenario } from './gridScenario.js';
import { skewSign, worthFactor } from './gridProfits.js';
import { futureUnitProfit, heldUnitProfit } from './linearProfit.js';
import { optionRevaluation } from './optionTotals.js';
import type { PreparedOptions } from './preparedOptions.js';
import type { PreparedScan } from './preparedScan.js';
import type { ScanMarket } from './scanMarket.js';

/**
 * USD by line, positive for a loss; they sum to the scenario's weighted loss, since the factor on
 * an expiry's worth and the sign of its skew are the same for all of its lines.
 *
 * @param place Of the scenario in the market's grid; one that loses.
 */
export function scenarioShares(
  { underlying, market, options }: PreparedScan,
  place: number,
  lineCount: number,
): Float64Array {
  const scenario = market.grid[place]!;
  const losses = new Float64Array(lineCount);
  addOptions(losses, market, options, scenario);
  addLinear(losses, market, underlying, scenario);
  return losses.map((loss) => loss * scenario.weight);
}

function addOptions(
  losses: Float64Array,
  market: ScanMarket,
  options: PreparedOptions,
  scenario: GridScenario,
): void {
  if (options.count === 0) return;
  const revaluation = optionRevaluation(market, options);
  const today = revaluation.today().slice();
  const shocked = revaluation.shocked(scenario);
  market.expiries.forEach((expiry, e) => {
    const [first, end] = [options.starts[e]!, options.starts[e + 1]!];
    const worthOf = (values: Float64Array) => {
      let worth = 0;
      for (let i = first; i < end; i++) worth += options.quantities[i]! * values[i]!;
      return worth * expiry.discount;
    };
    const worth = worthOf(shocked);
    const factor = worthFactor(market, scenario, expiry, worth);
    const sign = skewSign(scenario, worth * factor - worthOf(today));
    for (let i = first; i < end; i++) {
      const profit = sign * (factor * shocked[i]! - today[i]!) * expiry.discount;
      losses[options.lines[i]!]! -= options.quantities[i]! * profit;
    }
  });
}

function addLinear(
  losses: Float64Array,
  market: ScanMarket,
  { futures, collateral }: UnderlyingRisk,
  scenario: GridScenario,
): void {
  for (const future of futures) {
    losses[future.line]! -= future.quantity * futureUnitProfit(market, scenario, future);
  }
  for (const held of collateral) {
    if (!held.isRiskCancelling) continue;
    losses[held.line]! -= held.quantity * heldUnitProfit(market, scenario, held);
  }
}
