/** The numbers of one scenario model: its grid, its laws of revaluation, its charges, its formula. */

import type { RequirementTerm } from '../risk/requirementTerm.js';
import type { CollateralRules } from './collateralRules.js';
import type { Component } from './component.js';

export interface ScenarioRules {
  /** Profiles by ticker; `others` for the rest. */
  readonly byUnderlying: ReadonlyMap<string, ScenarioProfile>;
  readonly others: ScenarioProfile;
  readonly collateral: CollateralRules;
}

/** What holds for one underlying. The account's requirement is the sum over its underlyings. */
export interface ScenarioProfile {
  /** By name, such as SCAN; terms refer to them. */
  readonly components: ReadonlyMap<string, Component>;
  readonly initialMargin: RequirementTerm;
  readonly maintenanceMargin: RequirementTerm;
}
