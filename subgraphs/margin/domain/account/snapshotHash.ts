/** Names the inputs of a result: equal books and prices have equal hashes, in whatever order. */

import { format } from '../../../shared/units.js';
import type { AccountBook, Position, VenueBook } from './accountBook.js';
import { contentHash, type Json } from '../canonicalJson.js';
import { isAged, isPastGrace } from './freshness.js';
import {
  priceKeys,
  relevantMarket,
  type AssetQuote,
  type InstrumentQuote,
  type MarketSnapshot,
} from './marketSnapshot.js';
import { orderedBook } from './orderedBook.js';
import type { AgeLimits } from '../parameterSet.js';

/**
 * SHA-256 in hexadecimal over everything that the result depends on beside the parameters. Time goes
 * in as what it decides (too old or not), so that a result that time does not change keeps its hash.
 */
export function snapshotHash(book: AccountBook, market: MarketSnapshot, limits: AgeLimits): string {
  const used = relevantMarket(market, priceKeys(book));
  const quote = (of: AssetQuote) => quoteContent(of, market.at, limits);
  return contentHash({
    venues: orderedBook(book).venues.map((venue) => venueContent(venue, market.at, limits)),
    assets: Object.fromEntries([...used.assets].map(([id, of]) => [id, quote(of)])),
    instruments: Object.fromEntries(
      [...used.instruments].map(([id, of]: [string, InstrumentQuote]) => [
        id,
        { ...quote(of), currency: of.currency },
      ]),
    ),
    haircuts: Object.fromEntries([...used.haircuts].map(([id, of]) => [id, format(of)])),
  });
}

const quoteContent = (quote: AssetQuote, at: Date, limits: AgeLimits) => ({
  price: format(quote.price),
  status: quote.status,
  publishedAt: quote.publishedAt.toISOString(),
  isAged: isAged(quote, at, limits),
});

const venueContent = (venue: VenueBook, at: Date, limits: AgeLimits): Json => ({
  id: venue.venueAccountId,
  quality: venue.condition.quality,
  reason: venue.condition.quality === 'LIVE' ? null : venue.condition.reason,
  isPastGrace: isPastGrace(venue.condition, at, limits),
  state: venue.state && {
    asOf: venue.state.asOf.toISOString(),
    positions: venue.state.positions.map(positionContent),
    balances: venue.state.balances.map((balance) => ({
      ...balance,
      quantity: format(balance.quantity),
    })),
  },
});

const positionContent = ({ id, instrument, size, entryPrice, markPrice }: Position): Json => ({
  id,
  size: format(size),
  entryPrice: format(entryPrice),
  markPrice: format(markPrice),
  instrument: {
    ...instrument,
    contractMultiplier: format(instrument.contractMultiplier),
    strike: instrument.contractType === 'OPTION' ? format(instrument.strike) : null,
  },
});
