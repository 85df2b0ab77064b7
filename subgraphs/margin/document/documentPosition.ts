/** One position of a portfolio document, with what follows from the market where it says nothing. */

import { black76 } from '../../shared/pricing/black76.js';
import { isZero, price, priceFloor, toFloat, type Price } from '../../shared/units.js';
import type { Instrument, OptionInstrument, Position } from '../domain/account/accountBook.js';
import { assetFeed } from '../domain/account/assetFeed.js';
import type { MarketSnapshot } from '../domain/account/marketSnapshot.js';
import { expiryCurve } from '../domain/portfolio/expiryCurve.js';
import { optionTerms } from '../domain/portfolio/optionTerms.js';
import { unpriced } from './documentMarket.js';
import type { DocumentPosition } from './documentSchema.js';
import type { Mistake } from './mistake.js';

/** Null when it cannot be used; `mistakes` then says why. */
export function documentPosition(
  given: DocumentPosition,
  place: number,
  market: MarketSnapshot,
  mistakes: Mistake[],
): Position | null {
  const before = mistakes.length;
  const wrong = (field: string, message: string) =>
    mistakes.push({ path: `positions.${place}.${field}`, message });
  const instrument = instrumentOf(given, place);
  for (const field of ['underlying', 'priceCurrency', 'settlementCurrency'] as const) {
    const asset = instrument[field];
    if (assetFeed(market, asset) === null) wrong(field, unpriced(asset));
  }
  if (instrument.expiry !== null && instrument.expiry <= market.at) {
    wrong('expiry', `has passed at ${market.at.toISOString()}`);
  }
  if (mistakes.length > before) return null;
  const markPrice = given.markPrice ?? impliedMark(given, instrument, market);
  if (markPrice === null) {
    const isPriced = given.type === 'OPTION' && given.volatility !== undefined;
    const needed = 'an option needs a volatility or a markPrice';
    wrong('volatility', isPriced ? 'gives a mark of more than 20 digits' : needed);
    return null;
  }
  if (given.type !== 'OPTION' && isZero(markPrice)) {
    wrong('markPrice', `is nothing in ${given.priceCurrency}, to 18 digits: give one above zero`);
    return null;
  }
  const entryPrice = given.entryPrice ?? markPrice;
  return { id: positionId(given, place), instrument, size: given.size, entryPrice, markPrice };
}

/** Unique by the place where the document gives none. */
const positionId = ({ id }: DocumentPosition, place: number) => id ?? `position-${place}`;

function instrumentOf(given: DocumentPosition, place: number): Instrument {
  const { underlying, priceCurrency, multiplier: contractMultiplier } = given;
  const paidIn = given.type === 'INVERSE' ? underlying : priceCurrency;
  const terms = {
    id: `${given.venue}:${positionId(given, place)}`,
    underlying,
    priceCurrency,
    settlementCurrency: given.settlementCurrency ?? paidIn,
    contractMultiplier,
  };
  if (given.type !== 'OPTION') return { ...terms, contractType: given.type, expiry: given.expiry };
  const { expiry, strike, optionType } = given;
  return { ...terms, contractType: 'OPTION', expiry, strike, optionType };
}

/**
 * In the price currency: of a future its forward, of an option what its volatility makes of it. Null
 * for an option without one, or with one that makes of it what plain notation cannot hold.
 */
function impliedMark(
  given: DocumentPosition,
  instrument: Instrument,
  market: MarketSnapshot,
): Price | null {
  const { underlying, priceCurrency, expiry } = instrument;
  const index = market.assets.get(underlying)?.price ?? price('1');
  const currency = market.assets.get(priceCurrency)?.price ?? price('1');
  if (instrument.contractType === 'OPTION') {
    const volatility = given.type === 'OPTION' ? given.volatility : undefined;
    if (volatility === undefined) return null;
    return optionMark(instrument, toFloat(volatility), toFloat(index), toFloat(currency), market);
  }
  const forward = market.forwards
    .get(underlying)
    ?.find((of) => of.expiry.getTime() === expiry?.getTime());
  return priceFloor([forward?.price ?? index], [currency]);
}

function optionMark(
  instrument: OptionInstrument,
  volatility: number,
  index: number,
  currency: number,
  market: MarketSnapshot,
): Price | null {
  const spot = { price: index, confidence: 1 };
  const curve = expiryCurve(market, instrument.underlying, instrument.expiry, spot);
  const value = black76({ ...optionTerms(instrument, curve), volatility });
  const mark = value / currency;
  return mark < 1e20 ? price(mark.toFixed(18)) : null;
}
