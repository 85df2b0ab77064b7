/** What is left of a book without some venue accounts, in the numbering of the whole. */

import type { RiskBook } from '../risk/riskBook.js';

/** Underlyings of which nothing is left stay, and require nothing. */
export function bookWithout(book: RiskBook, venueAccountIds: ReadonlySet<string>): RiskBook {
  const isLeft = ({ line }: { readonly line: number }) =>
    !venueAccountIds.has(book.lines[line]?.venueAccountId ?? '');
  return {
    ...book,
    underlyings: book.underlyings.map((underlying) => ({
      ...underlying,
      futures: underlying.futures.filter(isLeft),
      options: underlying.options.filter(isLeft),
      collateral: underlying.collateral.filter(isLeft),
    })),
  };
}
