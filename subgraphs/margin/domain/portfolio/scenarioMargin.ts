/** Margin by scenarios: the worst of a grid of moves, and charges beside it. */

import { scenarioRequirement } from '../scenario/scenarioRequirement.js';
import type { ScenarioRules } from '../scenario/scenarioRules.js';
import { riskMargin } from './riskMargin.js';

export const scenarioMargin = riskMargin<ScenarioRules>({
  name: 'scenario',
  collateralRules: ({ collateral }) => collateral,
  requirement: scenarioRequirement,
  maintenanceMargin: (book, rules) => scenarioRequirement(book, rules).maintenanceMargin,
});
