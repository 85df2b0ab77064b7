/** What a float64 model must say of a book, to become the margin of an account. */

import type { Requirement } from '../risk/requirement.js';
import type { RiskBook } from '../risk/riskBook.js';
import type { CollateralRules } from '../scenario/collateralRules.js';
import type { UnderlyingScenarios } from '../scenario/scenarioRequirement.js';

export interface RiskModel<Rules> {
  readonly name: string;
  readonly collateralRules: (rules: Rules) => CollateralRules;
  /** What can be lost from the book's value at its marks. */
  readonly requirement: (book: RiskBook, rules: Rules) => RiskRequirement;
  /** The maintenance margin of `requirement` alone. */
  readonly maintenanceMargin: (book: RiskBook, rules: Rules) => Requirement;
}

export interface RiskRequirement {
  readonly initialMargin: Requirement;
  readonly maintenanceMargin: Requirement;
  /** Empty for a model without scenarios. */
  readonly scenarios: readonly UnderlyingScenarios[];
}
