/** What the worst of a grid of scenarios requires of one underlying. */

import { charge, type Requirement } from '../risk/requirement.js';
import type { UnderlyingRisk } from '../risk/riskBook.js';
import { gridProfits } from './gridProfits.js';
import type { VolatilityShock } from './gridScenario.js';
import { linearProfits } from './linearProfit.js';
import { optionTotals } from './optionTotals.js';
import { preparedScan, type PreparedScan } from './preparedScan.js';
import type { ScanComponent } from './scanComponent.js';
import { scenarioShares } from './scenarioShares.js';

/** One scenario's outcome for the underlying, to explain a requirement. */
export interface ScenarioProfit {
  readonly name: string;
  readonly spotShock: number;
  readonly volatilityShock: VolatilityShock;
  readonly weight: number;
  /** USD after weighting; negative is a loss. */
  readonly profit: number;
}

export interface ScanResult {
  readonly requirement: Requirement;
  /** In the order of the grid. */
  readonly profits: readonly ScenarioProfit[];
}

/**
 * Weighted profit of each scenario of `market.grid`, USD. The full revaluation, without anything by
 * line: what an engine repeats for every price.
 */
export const scanProfits = ({ underlying, market, options }: PreparedScan): Float64Array =>
  gridProfits(market, optionTotals(market, options), linearProfits(market, underlying));

/** The loss of the worst scenario, and at least nothing; shared out by line. */
export function scanResult(
  code: string,
  scan: ScanComponent,
  underlying: UnderlyingRisk,
  lineCount: number,
): ScanResult {
  const prepared = preparedScan(scan, underlying);
  const { grid } = prepared.market;
  const profits = scanProfits(prepared);
  const worst = worstScenario(profits);
  const shares =
    worst === null ? new Float64Array(lineCount) : scenarioShares(prepared, worst, lineCount);
  const detail =
    worst === null ? 'no scenario loses' : `${grid[worst]!.name}, the worst of ${grid.length}`;
  return {
    requirement: charge({ code, of: underlying.underlying, detail }, shares),
    profits: grid.map((scenario, s) => ({
      name: scenario.name,
      spotShock: scenario.spotShock,
      volatilityShock: scenario.volatility,
      weight: scenario.weight,
      profit: profits[s]!,
    })),
  };
}

/** The place of the first of the largest losses; null where no scenario loses. */
export function worstScenario(profits: Float64Array): number | null {
  let worst: number | null = null;
  let profit = 0;
  for (let s = 0; s < profits.length; s++) {
    if (profits[s]! >= profit) continue;
    worst = s;
    profit = profits[s]!;
  }
  return worst;
}
