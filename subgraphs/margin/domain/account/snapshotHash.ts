/** Names the inputs of a result: equal books and prices have equal hashes, in whatever order. */

import { format } from '../../../shared/units.js';
import type { AccountBook, Position, VenueBook } from './accountBook.js';
import { contentHash, type Json } from '../canonicalJson.js';
import { isAged, isPastGrace, staleAgeMs } from './freshness.js';
import {
  priceKeys,
  relevantMarket,
  type AssetQuote,
  type ForwardQuote,
  type InstrumentQuote,
  type MarketSnapshot,
  type VolatilityQuote,
} from './marketSnapshot.js';
import { orderedBook } from './orderedBook.js';
import type { AgeLimits } from '../parameterSet.js';
import { byText } from '../textOrder.js';

/**
 * SHA-256 in hexadecimal over everything that the result depends on beside the parameters. Time goes
 * in as what it decides (too old or not), so that a result that time does not change keeps its hash;
 * and as itself where the distance to an expiry or the age of a price counts.
 */
export function snapshotHash(book: AccountBook, market: MarketSnapshot, limits: AgeLimits): string {
  const used = relevantMarket(market, priceKeys(book));
  const quote = (of: AssetQuote) => quoteContent(of, market.at, limits);
  return contentHash({
    at: isTimeCounted(book, used, limits) ? market.at.toISOString() : null,
    venues: orderedBook(book).venues.map((venue) => venueContent(venue, market.at, limits)),
    assets: byKey(used.assets, quote),
    instruments: byKey(used.instruments, (of: InstrumentQuote) => ({
      ...quote(of),
      currency: of.currency,
    })),
    haircuts: byKey(used.haircuts, format),
    forwards: byKey(used.forwards, (curve) =>
      curve.map(forwardContent).toSorted((a, b) => byText(a.expiry, b.expiry)),
    ),
    volatilities: byKey(used.volatilities, volatilityContent),
    returns: byKey(used.returns, (all) => all.map(format)),
    openInterests: byKey(used.openInterests, format),
  });
}

const isTimeCounted = (book: AccountBook, used: MarketSnapshot, limits: AgeLimits) =>
  book.venues.some(({ state }) => state?.positions.some((p) => p.instrument.expiry !== null)) ||
  [...used.assets.values(), ...used.instruments.values()].some(
    (quote) => staleAgeMs(quote, used.at, limits) > 0,
  );

const byKey = <Of>(all: ReadonlyMap<string, Of>, content: (of: Of) => Json) =>
  Object.fromEntries([...all].map(([key, of]) => [key, content(of)]));

const quoteContent = (quote: AssetQuote, at: Date, limits: AgeLimits) => ({
  price: format(quote.price),
  status: quote.status,
  publishedAt: quote.publishedAt.toISOString(),
  isAged: isAged(quote, at, limits),
  confidence: quote.confidence === undefined ? null : format(quote.confidence),
});

const forwardContent = (of: ForwardQuote) => ({
  expiry: of.expiry.toISOString(),
  price: format(of.price),
  settled: format(of.settled),
  rate: format(of.rate),
  confidence: format(of.confidence),
  rateConfidence: format(of.rateConfidence),
});

const volatilityContent = ({ volatility, confidence }: VolatilityQuote): Json => ({
  volatility: format(volatility),
  confidence: format(confidence),
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
    expiry: instrument.expiry?.toISOString() ?? null,
    strike: instrument.contractType === 'OPTION' ? format(instrument.strike) : null,
  },
});
