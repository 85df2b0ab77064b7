import type { Unknown } from '../marginModel.js';

/** Amounts of that size are somebody's mistake: no margin is published for them. */
export function absurdVenue(
  venueAccountId: string,
  reason = 'what stands there would require more than 10¹⁹ dollars',
): Unknown {
  const venue = venueAccountId.slice(0, venueAccountId.indexOf(':'));
  return { kind: 'unknown', id: venueAccountId, unpriced: [], venues: [{ venue, reason }] };
}
