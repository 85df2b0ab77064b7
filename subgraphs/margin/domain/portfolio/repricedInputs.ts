/** Carries the marks of futures and options over to another market. */

import { black76 } from '../../../shared/pricing/black76.js';
import {
  larger,
  price,
  priceFloor,
  ratioFromFloat,
  toFloat,
  type Price,
} from '../../../shared/units.js';
import type { Instrument, OptionInstrument, Position } from '../account/accountBook.js';
import { assetFeed } from '../account/assetFeed.js';
import type {
  InstrumentQuote,
  MarketSnapshot,
  VolatilityQuote,
} from '../account/marketSnapshot.js';
import type { Inputs } from './evaluate.js';
import { expiryCurve } from './expiryCurve.js';
import { optionTerms } from './optionTerms.js';
import { optionVolatility } from './optionVolatility.js';

export interface Repricing {
  readonly isRepriced: (instrument: Instrument) => boolean;
  /** What volatilities are multiplied by. */
  readonly volatility: number;
}

/** A future that costs nothing could not be valued. */
const LEAST = price('0.000000000000000001');

/**
 * `after`, whose instruments are still marked as before, with the marks that its prices imply:
 * futures move as their index does, options by what their model value gains; an option whose mark
 * implies no volatility by what exercising it gains. The volatilities used are given from then on.
 * The venue's own marks move like the oracle's.
 *
 * Throws RangeError for a move so far out that float64 cannot follow it.
 */
export function repricedInputs(before: Inputs, after: Inputs, repricing: Repricing): Inputs {
  const instruments = new Map<string, InstrumentQuote>(after.market.instruments);
  const volatilities = new Map<string, VolatilityQuote>(after.market.volatilities);
  const move = { before: before.market, after: after.market, volatility: repricing.volatility };
  const carriedPosition = (position: Position): Position => {
    const { instrument, markPrice } = position;
    if (!repricing.isRepriced(instrument)) return position;
    const quote = after.market.instruments.get(instrument.id);
    const carried = carriedMark(instrument, quote?.price ?? markPrice, move);
    if (carried === null) return position;
    if (carried.volatility !== null) volatilities.set(instrument.id, carried.volatility);
    if (quote !== undefined) {
      instruments.set(instrument.id, { ...quote, price: carried.carry(quote.price) });
    }
    return { ...position, markPrice: carried.carry(markPrice) };
  };
  const venues = after.book.venues.map((venue) => ({
    ...venue,
    state: venue.state && {
      ...venue.state,
      positions: venue.state.positions.map(carriedPosition),
    },
  }));
  return {
    book: { ...after.book, venues },
    market: { ...after.market, instruments, volatilities },
  };
}

interface Move {
  readonly before: MarketSnapshot;
  readonly after: MarketSnapshot;
  readonly volatility: number;
}

interface Carried {
  /** A mark of the old market as it is in the new, both in the price currency. */
  readonly carry: (mark: Price) => Price;
  readonly volatility: VolatilityQuote | null;
}

/** Null where the index is not known on both sides: then nothing says how the mark would move. */
function carriedMark(instrument: Instrument, mark: Price, move: Move): Carried | null {
  if (instrument.contractType === 'OPTION') return carriedOption(instrument, mark, move);
  const from = move.before.assets.get(instrument.underlying)?.price;
  const to = move.after.assets.get(instrument.underlying)?.price;
  if (from === undefined || to === undefined || toFloat(from) <= 0) return null;
  const carry = (of: Price) => larger(priceFloor([of, to], [from]), LEAST);
  return { carry, volatility: null };
}

function carriedOption(
  instrument: OptionInstrument,
  mark: Price,
  { before, after, volatility: multiple }: Move,
): Carried | null {
  const [from, to] = [side(instrument, before), side(instrument, after)];
  if (from === null || to === null) return null;
  const known = optionVolatility(instrument, from.terms, toFloat(mark) * from.currency, before);
  const volatility = known?.volatility ?? 0;
  const gain =
    black76({ ...to.terms, volatility: volatility * multiple }) -
    black76({ ...from.terms, volatility });
  return {
    carry: (of) => priceFromFloat((toFloat(of) * from.currency + gain) / to.currency),
    volatility: known && {
      volatility: ratioFromFloat(known.volatility * multiple),
      confidence: ratioFromFloat(known.confidence),
    },
  };
}

/** USD per unit of the option's price currency, and what its price depends on; null without prices. */
function side(instrument: OptionInstrument, market: MarketSnapshot) {
  const spot = assetFeed(market, instrument.underlying);
  const currency = assetFeed(market, instrument.priceCurrency)?.price;
  if (spot === null || currency === undefined) return null;
  const curve = expiryCurve(market, instrument.underlying, instrument.expiry, spot);
  return { currency, terms: optionTerms(instrument, curve) };
}

/** What the largest price in plain notation is below, and its root. */
const [PLAIN_LIMIT, LIMIT_ROOT] = [1e20, price('10000000000')];

/**
 * At least nothing. It may be more than plain notation holds, as an exact price may: the valuation
 * says what is absurd.
 */
function priceFromFloat(value: number): Price {
  if (!Number.isFinite(value)) throw new RangeError(`Not a finite price: ${value}`);
  return value < PLAIN_LIMIT
    ? price(Math.max(0, value).toFixed(18))
    : priceFloor([priceFromFloat(value / PLAIN_LIMIT), LIMIT_ROOT, LIMIT_ROOT]);
}
