/** The answer while no price of any asset has come yet: not known, rather than worth nothing. */

import type { AccountBook } from './accountBook.js';
import type { AccountEvaluation, Unknown } from '../marginModel.js';
import { sortedUnique } from '../textOrder.js';

export function unpricedEvaluation(
  book: AccountBook,
  assets: ReadonlySet<string>,
): AccountEvaluation {
  const unpriced = sortedUnique([...assets]);
  const unknown = (id: string): Unknown => ({ kind: 'unknown', id, unpriced, venues: [] });
  return {
    account: unknown(book.accountId),
    venues: sortedUnique(book.venues.map(({ venueAccountId }) => venueAccountId)).map(unknown),
  };
}
