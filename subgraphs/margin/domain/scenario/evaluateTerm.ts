/** A formula of requirements, given as data, turned into the tree of what it comes to. */

import { largestOf, scaled, smallestOf, sumOf, type Requirement } from '../risk/requirement.js';
import type { RequirementTerm } from '../risk/requirementTerm.js';

/** What a term is evaluated on: one underlying of a book, or a venue's slice of it. */
export interface TermScope {
  /** Names the nodes: the underlying. */
  readonly of: string;
  readonly lineCount: number;
  /** Of the settlement currency, USD. */
  readonly stablePrice: number;
  /** The component of that name. Throws for a name that the profile does not have. */
  readonly component: (name: string) => Requirement;
  /** One for each venue account that holds something. */
  readonly slices: () => readonly { readonly venueAccountId: string; readonly scope: TermScope }[];
}

export function evaluateTerm(term: RequirementTerm, scope: TermScope): Requirement {
  if (typeof term === 'string') return scope.component(term);
  const { of, lineCount } = scope;
  const parts = (terms: readonly RequirementTerm[]) =>
    terms.map((part) => evaluateTerm(part, scope));
  if ('sum' in term) return sumOf({ code: 'SUM', of }, lineCount, parts(term.sum));
  if ('largest' in term) return largestOf({ code: 'LARGEST', of }, parts(term.largest));
  if ('smallest' in term) return smallestOf({ code: 'SMALLEST', of }, parts(term.smallest));
  if ('factor' in term) {
    const factor = term.factor + depegAddition(term.depeg, scope.stablePrice);
    return scaled({ code: 'FACTOR', of }, factor, evaluateTerm(term.of, scope));
  }
  const alone = scope
    .slices()
    .map(({ venueAccountId, scope: slice }) =>
      sumOf({ code: 'VENUE', of: venueAccountId }, lineCount, [
        evaluateTerm(term.standAlone, slice),
      ]),
    );
  return sumOf({ code: 'STAND_ALONE', of }, lineCount, alone);
}

const depegAddition = (
  depeg: { readonly threshold: number; readonly factor: number } | undefined,
  stablePrice: number,
) => (depeg === undefined ? 0 : Math.max(depeg.threshold - stablePrice, 0) * depeg.factor);
