/** Changes what stands at one venue account of a book. */

import type { AccountBook, VenueState } from '../account/accountBook.js';
import { ChangeError } from './changeError.js';

/**
 * Throws ChangeError where the book has no such venue account, or its state is not known.
 *
 * @param at Which field of which change names the venue account.
 */
export function withVenueState(
  book: AccountBook,
  venueAccountId: string,
  at: { readonly place: number; readonly field: string },
  changed: (state: VenueState) => VenueState,
): AccountBook {
  const venue = book.venues.find((of) => of.venueAccountId === venueAccountId);
  if (venue === undefined) {
    throw new ChangeError(at.place, at.field, `the account has no venue account ${venueAccountId}`);
  }
  const { state } = venue;
  if (state === null) {
    throw new ChangeError(at.place, at.field, `what ${venueAccountId} holds is not known now`);
  }
  return {
    ...book,
    venues: book.venues.map((of) => (of === venue ? { ...of, state: changed(state) } : of)),
  };
}
