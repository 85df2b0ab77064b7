/** An account's inputs after one hypothetical order has filled. */

import { isNegative, isPositive, isZero, price, type Price } from '../../../shared/units.js';
import type { AccountBook, Instrument, Position, VenueState } from '../account/accountBook.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import { withCash } from './cashBalance.js';
import { ChangeError } from './changeError.js';
import type { Inputs } from './evaluate.js';
import { filledTrade, type Fill } from './filledTrade.js';
import type { Trade } from './hypotheticalChange.js';
import { withVenueState } from './venueState.js';

/**
 * Throws ChangeError for an order that cannot fill.
 *
 * @param known Where an instrument's terms and mark may be found: the book before any change, so that
 * what one order closes another may open again.
 */
export function tradedInputs(
  { book, market }: Inputs,
  known: AccountBook,
  trade: Trade,
  place: number,
): Inputs {
  const instrument = tradedInstrument(known, trade, place);
  if (isZero(trade.size)) throw new ChangeError(place, 'size', 'must not be zero');
  if (instrument.expiry !== null && instrument.expiry <= market.at) {
    throw new ChangeError(place, 'instrument', `${instrument.id} has expired`);
  }
  const mark = knownMark(known, market, instrument) ?? trade.markPrice ?? trade.price;
  const paid = trade.price ?? mark;
  if (paid === null || mark === null) {
    throw new ChangeError(place, 'price', `no price of ${instrument.id} is known`);
  }
  requirePrice(paid, 'price', instrument, place);
  requirePrice(mark, 'markPrice', instrument, place);
  const fill: Fill = { instrument, size: trade.size, price: paid };
  const cashFactor = settlementPerPrice(market, instrument, place);
  return {
    book: withVenueState(book, trade.venueAccountId, { place, field: 'venueAccountId' }, (state) =>
      filledState(state, fill, mark, cashFactor),
    ),
    market: pricedMarket(market, instrument, mark, trade),
  };
}

function tradedInstrument(book: AccountBook, { instrument }: Trade, place: number): Instrument {
  if (typeof instrument !== 'string') return instrument;
  const held = positionsOf(book).find((position) => position.instrument.id === instrument);
  if (held !== undefined) return held.instrument;
  throw new ChangeError(place, 'instrument', `the account holds no ${instrument}: give its terms`);
}

const positionsOf = ({ venues }: AccountBook): readonly Position[] =>
  venues.flatMap(({ state }) => state?.positions ?? []);

/** The oracle's, else a venue's; null for an instrument that neither has. */
function knownMark(book: AccountBook, market: MarketSnapshot, { id, priceCurrency }: Instrument) {
  const quote = market.instruments.get(id);
  if (quote?.currency === priceCurrency) return quote.price;
  return positionsOf(book).find(({ instrument }) => instrument.id === id)?.markPrice ?? null;
}

function requirePrice(of: Price, field: string, { contractType }: Instrument, place: number): void {
  if (contractType === 'OPTION' && isNegative(of)) {
    throw new ChangeError(place, field, 'must not be negative');
  }
  if (contractType !== 'OPTION' && !isPositive(of)) {
    throw new ChangeError(place, field, 'must be above zero');
  }
}

type CashFactor = readonly [numerator: Price, denominator: Price];

function settlementPerPrice(
  { assets }: MarketSnapshot,
  { priceCurrency, settlementCurrency }: Instrument,
  place: number,
): CashFactor {
  const one = price('1');
  if (priceCurrency === settlementCurrency) return [one, one];
  const priceOf = (asset: string) => {
    const found = asset === 'USD' ? one : assets.get(asset)?.price;
    if (found !== undefined && isPositive(found)) return found;
    throw new ChangeError(place, 'instrument', `no price of ${asset} is known`);
  };
  return [priceOf(priceCurrency), priceOf(settlementCurrency)];
}

function filledState(
  state: VenueState,
  fill: Fill,
  markPrice: Price,
  cashFactor: CashFactor,
): VenueState {
  const { instrument } = fill;
  const before = state.positions.find((position) => position.instrument.id === instrument.id);
  const { held, cash } = filledTrade(before ?? null, fill, cashFactor);
  const after: Position | null =
    held === null
      ? null
      : before === undefined
        ? { id: newId(state, instrument.id), instrument, markPrice, ...held }
        : { ...before, ...held };
  const others = state.positions.filter((position) => position !== before);
  return {
    ...state,
    positions: after === null ? others : [...others, after],
    balances: withCash(state.balances, instrument.settlementCurrency, cash),
  };
}

/** Unique within the venue account, and the same whenever the same is asked. */
function newId({ positions }: VenueState, instrumentId: string): string {
  const isTaken = (id: string) => positions.some((position) => position.id === id);
  let id = instrumentId;
  while (isTaken(id)) id += '+';
  return id;
}

/** What is traded has a price from then on, and so do options a volatility that was given. */
function pricedMarket(
  market: MarketSnapshot,
  { id, priceCurrency, contractType }: Instrument,
  mark: Price,
  { volatility }: Trade,
): MarketSnapshot {
  const quote = {
    price: mark,
    currency: priceCurrency,
    status: 'OK',
    publishedAt: market.at,
  } as const;
  return {
    ...market,
    instruments: market.instruments.has(id)
      ? market.instruments
      : new Map(market.instruments).set(id, quote),
    volatilities:
      contractType !== 'OPTION' || volatility === null
        ? market.volatilities
        : new Map(market.volatilities).set(id, volatility),
  };
}
