/** The scenarios of a requirement as they are published. */

import { ratioFromFloat, usdFromFloat } from '../../../shared/units.js';
import type { ScenarioOutcome } from '../marginModel.js';
import type { ScenarioProfit } from '../scenario/scan.js';
import type { UnderlyingScenarios } from '../scenario/scenarioRequirement.js';

export const scenarioOutcomes = (all: readonly UnderlyingScenarios[]): readonly ScenarioOutcome[] =>
  all.flatMap(({ underlying, scenarios }) =>
    scenarios.map((scenario) => outcome(underlying, scenario)),
  );

/** None for an underlying that loses in no scenario. */
export const worstOutcomes = (all: readonly UnderlyingScenarios[]): readonly ScenarioOutcome[] =>
  all.flatMap(({ underlying, scenarios, worst }) => {
    const scenario = worst === null ? undefined : scenarios[worst];
    return scenario === undefined ? [] : [outcome(underlying, scenario)];
  });

const outcome = (
  underlying: string,
  { name, spotShock, volatilityShock, weight, profit }: ScenarioProfit,
): ScenarioOutcome => ({
  underlying,
  name,
  spotShock: ratioFromFloat(spotShock),
  volatilityShock,
  weight: ratioFromFloat(weight),
  profit: usdFromFloat(profit),
});
