/** What a scenario model requires of a book: the sum over its underlyings of the profile's formula. */

import assert from 'node:assert/strict';
import { sumOf, type Requirement } from '../risk/requirement.js';
import type { RiskBook, UnderlyingRisk } from '../risk/riskBook.js';
import { checkRiskBook } from './checkRiskBook.js';
import { countedBook } from './collateralRules.js';
import { componentResult, type ComponentResult } from './component.js';
import { evaluateTerm, type TermScope } from './evaluateTerm.js';
import type { ScenarioProfit } from './scan.js';
import type { ScenarioProfile, ScenarioRules } from './scenarioRules.js';
import { underlyingSlice, venueAccountIds } from './venueSlice.js';

export interface ScenarioResult {
  readonly initialMargin: Requirement;
  readonly maintenanceMargin: Requirement;
  /** In the order of the book's underlyings. */
  readonly scenarios: readonly UnderlyingScenarios[];
}

/** Every scenario of one underlying, to explain its requirement. */
export interface UnderlyingScenarios {
  readonly underlying: string;
  /** Of all the scans of its profile; names are unique. */
  readonly scenarios: readonly ScenarioProfit[];
  /** Place in `scenarios` of the first of the largest losses; null where none loses. */
  readonly worst: number | null;
}

/** Throws RiskInputError for a book that holds a number out of its range. */
export function scenarioRequirement(book: RiskBook, rules: ScenarioRules): ScenarioResult {
  checkRiskBook(book);
  const counted = countedBook(book, rules.collateral);
  const results = counted.underlyings.map((underlying) => {
    const profile = rules.byUnderlying.get(underlying.underlying) ?? rules.others;
    return underlyingResult(counted, underlying, profile);
  });
  const { length } = book.lines;
  return {
    initialMargin: sumOf(
      { code: 'INITIAL_MARGIN' },
      length,
      results.map(({ initialMargin }) => initialMargin),
    ),
    maintenanceMargin: sumOf(
      { code: 'MAINTENANCE_MARGIN' },
      length,
      results.map(({ maintenanceMargin }) => maintenanceMargin),
    ),
    scenarios: results.map(({ scenarios }) => scenarios),
  };
}

function underlyingResult(book: RiskBook, underlying: UnderlyingRisk, profile: ScenarioProfile) {
  const results = new Map<string, ComponentResult>();
  const scope = termScope(book, underlying, profile, results);
  return {
    initialMargin: evaluateTerm(profile.initialMargin, scope),
    maintenanceMargin: evaluateTerm(profile.maintenanceMargin, scope),
    scenarios: underlyingScenarios(underlying.underlying, results),
  };
}

/** @param results Filled with each component's result when it is first asked for. */
function termScope(
  book: RiskBook,
  underlying: UnderlyingRisk,
  profile: ScenarioProfile,
  results: Map<string, ComponentResult>,
): TermScope {
  const scope: TermScope = {
    of: underlying.underlying,
    lineCount: book.lines.length,
    stablePrice: book.stable.price,
    component: (name) => {
      const component = profile.components.get(name);
      assert(component !== undefined, `The profile has no component ${name}`);
      const result = results.get(name) ?? componentResult(name, component, book, underlying);
      results.set(name, result);
      return result.requirement;
    },
    slices: () => {
      const venues = venueAccountIds(book, underlying);
      return venues.map((venueAccountId) => {
        // Of the only venue the slice is the whole, and need not be worked out again.
        if (venues.length === 1) return { venueAccountId, scope };
        const slice = underlyingSlice(book, underlying, venueAccountId);
        return { venueAccountId, scope: termScope(book, slice, profile, new Map()) };
      });
    },
  };
  return scope;
}

function underlyingScenarios(
  underlying: string,
  results: ReadonlyMap<string, ComponentResult>,
): UnderlyingScenarios {
  const scans = [...results].filter(([, { profits }]) => profits.length > 0);
  const scenarios = scans.flatMap(([name, { profits }]) =>
    // Two scans may have a scenario in common; one alone needs no prefix.
    profits.map((one) => (scans.length > 1 ? { ...one, name: `${name} ${one.name}` } : one)),
  );
  const worst = scenarios.reduce<number | null>(
    (found, { profit }, s) =>
      profit < (found === null ? 0 : scenarios[found]!.profit) ? s : found,
    null,
  );
  return { underlying, scenarios, worst };
}
