/** Mark prices of instruments, derived from index prices. */

import {
  add,
  format,
  isZero,
  larger,
  nearestMultiple,
  price,
  priceFloor,
  ratio,
  type Price,
} from '../../shared/units.js';
import { black76 } from '../../shared/pricing/black76.js';
import type { DemoFuture, DemoInstrument, DemoOption } from './demoMarket.js';
import { YEAR_MS } from './priceWalk.js';

/** USD per unit of an asset; null without a price. */
export type IndexPrices = (assetId: string) => Price | null;

/**
 * The mark in the instrument's price currency, on its tick; null when a price that it needs is
 * missing. Above zero, but for an option that has expired worthless.
 */
export function instrumentMark(
  instrument: DemoInstrument,
  indexPrices: IndexPrices,
  now: Date,
): Price | null {
  const index = indexPrices(instrument.underlying);
  if (index === null) return null;
  if (instrument.kind === 'OPTION') return optionMark(instrument, index, now);
  const currency = indexPrices(instrument.priceCurrency);
  return currency === null ? null : futureMark(instrument, index, currency);
}

function futureMark({ basis, tick }: DemoFuture, index: Price, currency: Price): Price {
  const mark = priceFloor([index, add(ratio('1'), basis)], [currency]);
  return larger(tick, nearestMultiple(mark, tick));
}

function optionMark(option: DemoOption, index: Price, now: Date): Price {
  const { optionType, strike, expiry, volatility, tick } = option;
  const forward = Number(format(index));
  const years = (expiry.getTime() - now.getTime()) / YEAR_MS;
  const premium = black76({
    type: optionType,
    forward,
    strike: Number(format(strike)),
    volatility,
    years,
    discount: 1,
  });
  const inCoin = nearestMultiple(price((premium / forward).toFixed(18)), tick);
  // What may still come is worth something: venues mark it at a tick at least.
  return years > 0 && isZero(inCoin) ? tick : inCoin;
}
