/** When inputs become too old, and when that will change next. */

import type { VenueCondition } from './accountBook.js';
import type { AccountBook } from './accountBook.js';
import type { AssetQuote, MarketSnapshot } from './marketSnapshot.js';
import type { AgeLimits } from '../parameterSet.js';

/** True for a price from the far future too: its clock is wrong, so its age is not known. */
export const isAged = (quote: AssetQuote, at: Date, limits: AgeLimits): boolean =>
  Math.abs(at.getTime() - quote.publishedAt.getTime()) > limits.priceAgeMsMax;

/** Milliseconds since a price that is too old, or that its source calls STALE, was fresh; else 0. */
export const staleAgeMs = (quote: AssetQuote, at: Date, limits: AgeLimits): number =>
  quote.status === 'STALE' || isAged(quote, at, limits)
    ? Math.abs(at.getTime() - quote.publishedAt.getTime())
    : 0;

/** Whether a venue has been STALE for so long that its collateral and gains no longer count. */
export const isPastGrace = (condition: VenueCondition, at: Date, limits: AgeLimits): boolean =>
  condition.quality === 'STALE' &&
  at.getTime() - condition.since.getTime() > limits.staleCollateralGraceMs;

/** Options lose value at every instant; in so long no more than a tick of their index moves. */
const OPTION_DRIFT_MS = 10_000;

/**
 * The first instant after `market.at` at which time alone changes the result by more than a tick
 * would, in epoch milliseconds; Infinity when none does. `market` holds the book's prices only.
 */
export function nextAgeing(book: AccountBook, market: MarketSnapshot, limits: AgeLimits): number {
  const quotes = [...market.assets.values(), ...market.instruments.values()];
  const isDrifting = book.venues.some(({ state }) =>
    state?.positions.some(({ instrument }) => instrument.contractType === 'OPTION'),
  );
  const changes = [
    ...(isDrifting ? [market.at.getTime() + OPTION_DRIFT_MS] : []),
    ...quotes.flatMap(({ publishedAt }) => [
      publishedAt.getTime() - limits.priceAgeMsMax,
      publishedAt.getTime() + limits.priceAgeMsMax + 1,
    ]),
    ...book.venues.flatMap(({ condition }) =>
      condition.quality === 'STALE'
        ? [condition.since.getTime() + limits.staleCollateralGraceMs + 1]
        : [],
    ),
  ];
  return Math.min(...changes.filter((change) => change > market.at.getTime()), Infinity);
}
