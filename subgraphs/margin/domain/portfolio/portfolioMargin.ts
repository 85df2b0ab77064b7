/**
 * The unified margin of a portfolio: initially the larger of its worst scenario and its
 * sensitivities, which misstate large moves; to stay open what the scenarios ask.
 */

import { largestOf } from '../risk/requirement.js';
import { scenarioRequirement } from '../scenario/scenarioRequirement.js';
import type { ScenarioRules } from '../scenario/scenarioRules.js';
import type { BookSensitivityRules } from '../sensitivity/bookSensitivityRules.js';
import { sensitivityRequirement } from '../sensitivity/sensitivityRequirement.js';
import { riskMargin } from './riskMargin.js';

export interface PortfolioRules {
  /** Its haircuts hold for both models. */
  readonly scenario: ScenarioRules;
  readonly sensitivity: BookSensitivityRules;
}

export const portfolioMargin = riskMargin<PortfolioRules>({
  name: 'portfolio',
  collateralRules: ({ scenario }) => scenario.collateral,
  requirement: (book, rules) => {
    const byScenario = scenarioRequirement(book, rules.scenario);
    const bySensitivity = sensitivityRequirement(book, rules.sensitivity);
    return {
      initialMargin: largestOf({ code: 'LARGER_MODEL' }, [
        byScenario.initialMargin,
        bySensitivity.initialMargin,
      ]),
      maintenanceMargin: byScenario.maintenanceMargin,
      scenarios: byScenario.scenarios,
    };
  },
  maintenanceMargin: (book, { scenario }) => scenarioRequirement(book, scenario).maintenanceMargin,
});
