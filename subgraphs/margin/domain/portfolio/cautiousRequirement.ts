/**
 * What a model requires of an account, and what caution adds: values that nobody vouches for, and
 * positions at venues that have been silent for too long, which count only where they cost.
 */

import { charge, largestOf, nothing, sumOf, type Requirement } from '../risk/requirement.js';
import type { RiskBook } from '../risk/riskBook.js';
import { venueSlice } from '../scenario/venueSlice.js';
import { bookWithout } from './bookWithout.js';
import type { AccountRisk } from './riskBook.js';
import type { RiskRequirement } from './riskModel.js';

/** Above it every choice of venues would be too many: 2⁴ requirements are computed at most. */
const CHOSEN_VENUES_MAX = 4;

/** A model bound to its rules. */
export type Require = (book: RiskBook) => RiskRequirement;

/**
 * The largest requirement with and without each of the silent venues: a position there may be the
 * hedge that is gone, or the loss that is still there. For more than four of them, the rest of the
 * account and each of them alone, without netting. Source: domain.md §2, edge cases.
 *
 * @param silent Venue accounts that have been STALE for longer than the grace.
 */
export function cautiousRequirement(
  risk: AccountRisk,
  silent: readonly string[],
  require: Require,
): RiskRequirement {
  if (silent.length === 0) return vouchedRequirement(risk, risk.book, require);
  if (silent.length > CHOSEN_VENUES_MAX) return separateRequirement(risk, silent, require);
  const candidates = subsets(silent).map((gone) =>
    vouchedRequirement(risk, bookWithout(risk.book, new Set(gone)), require),
  );
  const name = { code: 'SILENT_VENUES', detail: 'with or without what they last reported' };
  const initialMargin = largestOf(
    name,
    candidates.map((of) => of.initialMargin),
  );
  const decisive = candidates.find((of) => of.initialMargin.amount === initialMargin.amount);
  return {
    initialMargin,
    maintenanceMargin: largestOf(
      name,
      candidates.map((of) => of.maintenanceMargin),
    ),
    scenarios: decisive?.scenarios ?? [],
  };
}

/** The requirement of one venue's slice alone. */
export const sliceRequirement = (
  risk: AccountRisk,
  venueAccountId: string,
  require: Require,
): RiskRequirement => vouchedRequirement(risk, venueSlice(risk.book, venueAccountId), require);

function separateRequirement(
  risk: AccountRisk,
  silent: readonly string[],
  require: Require,
): RiskRequirement {
  const lineCount = risk.book.lines.length;
  const rest = vouchedRequirement(risk, bookWithout(risk.book, new Set(silent)), require);
  const all = [rest, ...silent.map((id) => sliceRequirement(risk, id, require))];
  const name = { code: 'SILENT_VENUES', detail: 'each alone, without netting' };
  return {
    initialMargin: sumOf(
      name,
      lineCount,
      all.map((of) => of.initialMargin),
    ),
    maintenanceMargin: sumOf(
      name,
      lineCount,
      all.map((of) => of.maintenanceMargin),
    ),
    scenarios: rest.scenarios,
  };
}

/** At least nothing, and initially at least what maintenance requires. */
function vouchedRequirement(
  { unvouchedValues }: AccountRisk,
  book: RiskBook,
  require: Require,
): RiskRequirement {
  const { initialMargin, maintenanceMargin, scenarios } = require(book);
  const unvouched = unvouchedCharge(unvouchedValues, book);
  const withUnvouched = (of: Requirement) =>
    unvouched === null
      ? of
      : sumOf({ code: 'WITH_UNVOUCHED_VALUE' }, book.lines.length, [of, unvouched]);
  const maintenance = atLeast(withUnvouched(maintenanceMargin), nothing(book.lines.length));
  return {
    initialMargin: atLeast(withUnvouched(initialMargin), maintenance),
    maintenanceMargin: maintenance,
    scenarios,
  };
}

const atLeast = (of: Requirement, least: Requirement) =>
  of.amount < least.amount ? largestOf({ code: 'FLOOR' }, [of, least]) : of;

/** Null when every option of the book has a volatility of its own. */
function unvouchedCharge(unvouchedValues: Float64Array, book: RiskBook): Requirement | null {
  const shares = new Float64Array(book.lines.length);
  for (const { options } of book.underlyings) {
    for (const { line } of options) shares[line] = unvouchedValues[line] ?? 0;
  }
  const detail = 'what the mark of options without a volatility counts more than their worse bound';
  return shares.every((share) => share === 0)
    ? null
    : charge({ code: 'UNVOUCHED_VALUE', detail }, shares);
}

const subsets = (all: readonly string[]): readonly (readonly string[])[] =>
  all.reduce<readonly (readonly string[])[]>(
    (some, one) => [...some, ...some.map((set) => [...set, one])],
    [[]],
  );
