/** An evaluation that one account's absurd numbers cannot turn into an outage of all. */

import type { AccountBook } from '../domain/account/accountBook.js';
import type { MarketSnapshot } from '../domain/account/marketSnapshot.js';
import type { AccountEvaluation, Unknown } from '../domain/marginModel.js';
import { sortedUnique } from '../domain/textOrder.js';
import type { MarginSet } from '../parameters/marginSet.js';

/** What the model answers; unknown, with the reason, where it meets numbers beyond its range. */
export function cautiousEvaluation(
  model: Pick<MarginSet, 'evaluate'>,
  book: AccountBook,
  market: MarketSnapshot,
): AccountEvaluation {
  try {
    return model.evaluate(book, market);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unknownEvaluation(book, `it reports what cannot be computed with (${error.message})`);
  }
}

function unknownEvaluation(book: AccountBook, reason: string): AccountEvaluation {
  const slugs = sortedUnique(book.venues.map(({ venue }) => venue));
  const venues = slugs.map((venue) => ({ venue, reason }));
  const unknown = (id: string): Unknown => ({ kind: 'unknown', id, unpriced: [], venues });
  return {
    account: unknown(book.accountId),
    venues: sortedUnique(book.venues.map(({ venueAccountId }) => venueAccountId)).map(unknown),
  };
}
