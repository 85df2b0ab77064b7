/** The grid of a scan for prices of some age. */

import type { GridScenario } from './gridScenario.js';
import type { ScanComponent } from './scanComponent.js';

const SECONDS_PER_YEAR = 365 * 86_400;

/** A widened fall stops short of the whole price. */
const FALL_MAX = -0.99;

/** The grid itself, followed by its wider copy where prices are old and the scan widens for it. */
export function widenedGrid(
  { grid, staleness }: Pick<ScanComponent, 'grid' | 'staleness'>,
  priceAgeSeconds: number,
): readonly GridScenario[] {
  if (staleness === null || priceAgeSeconds === 0) return grid;
  const { deviations, volatility } = staleness;
  const extra = deviations * volatility * Math.sqrt(priceAgeSeconds / SECONDS_PER_YEAR);
  const moved = grid.filter(({ spotShock }) => spotShock !== 0);
  return [...grid, ...moved.map((scenario) => wider(scenario, extra))];
}

const wider = (scenario: GridScenario, extra: number): GridScenario => ({
  ...scenario,
  name: `${scenario.name}, widened for its age`,
  spotShock: widened(scenario.spotShock, extra),
  futuresShock: scenario.futuresShock === null ? null : widened(scenario.futuresShock, extra),
});

const widened = (shock: number, extra: number) =>
  shock > 0 ? shock + extra : Math.min(shock, Math.max(shock - extra, FALL_MAX));
