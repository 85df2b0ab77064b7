/** One order for a book however it arrived, so that equal books give equal results and hashes. */

import { format } from '../../../shared/units.js';
import type { AccountBook, Balance, VenueBook } from './accountBook.js';
import { byText } from '../textOrder.js';

/** Venues and positions by id; balances by asset, then by all that tells them apart. */
export const orderedBook = (book: AccountBook): AccountBook => ({
  ...book,
  venues: book.venues.map(orderedVenue).sort((a, b) => byText(a.venueAccountId, b.venueAccountId)),
});

const orderedVenue = (venue: VenueBook): VenueBook => ({
  ...venue,
  state: venue.state && {
    ...venue.state,
    positions: venue.state.positions.toSorted((a, b) => byText(a.id, b.id)),
    balances: venue.state.balances.toSorted((a, b) => byText(balanceKey(a), balanceKey(b))),
  },
});

const balanceKey = ({ asset, location, isSettled, isCollateral, quantity }: Balance) =>
  [asset, location, isSettled, isCollateral, format(quantity)].join('\n');
