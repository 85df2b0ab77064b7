/** What one venue account holds of a book, in the numbering of the whole. */

import type { RiskBook, UnderlyingRisk } from '../risk/riskBook.js';

/** Underlyings of which the venue account holds nothing are left out. */
export const venueSlice = (book: RiskBook, venueAccountId: string): RiskBook => ({
  ...book,
  underlyings: book.underlyings
    .filter((underlying) => venueAccountIds(book, underlying).includes(venueAccountId))
    .map((underlying) => underlyingSlice(book, underlying, venueAccountId)),
});

/** The same for one underlying. */
export function underlyingSlice(
  { lines }: RiskBook,
  underlying: UnderlyingRisk,
  venueAccountId: string,
): UnderlyingRisk {
  const isHeld = ({ line }: { readonly line: number }) =>
    lines[line]!.venueAccountId === venueAccountId;
  const futures = underlying.futures.filter(isHeld);
  const holdsPerpetual = futures.some(({ expiry }) => expiry === null);
  return {
    ...underlying,
    perpetualConfidence: holdsPerpetual ? underlying.perpetualConfidence : 1,
    futures,
    options: underlying.options.filter(isHeld),
    collateral: underlying.collateral.filter(isHeld),
  };
}

/** Sorted, each once: those that hold something of the underlying. */
export const venueAccountIds = (
  { lines }: RiskBook,
  { futures, options, collateral }: UnderlyingRisk,
): readonly string[] =>
  [
    ...new Set(
      [...futures, ...options, ...collateral].map(({ line }) => lines[line]!.venueAccountId),
    ),
  ].sort();
