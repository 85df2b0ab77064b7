/**
 * The requirement of a perpetual or dated future: a rate on notional that may rise with the position's
 * size, or with all that is open in the instrument.
 */

import {
  add,
  isLess,
  isPositive,
  ratio,
  smaller,
  subtract,
  usdCeil,
  type Price,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import type { MarginPair } from './marginPair.js';
import type { StandardFuture } from './standardPosition.js';
import type { MarginRates, OpenInterestScaling, SizeLadder } from './standardRules.js';

const WHOLE = ratio('1');

/** Rounded up. */
export const futureRequirement = (future: StandardFuture, rates: MarginRates): MarginPair => ({
  initialMargin:
    rates.openInterest === null
      ? atRate(future, rates.initial, rates.ladder)
      : scaledByOpenInterest(future, rates.initial, rates.openInterest),
  maintenanceMargin: atRate(future, rates.maintenance, rates.ladder),
});

function atRate(
  { notional, markPrice }: StandardFuture,
  rate: Ratio,
  ladder: SizeLadder | null,
): Usd {
  const flat = usdCeil([notional, rate]);
  if (ladder === null) return flat;
  const most = usdCeil([notional, ladder.rateMax]);
  // A mark that rounds to nothing has the largest size there is.
  if (!isPositive(markPrice)) return most;
  return smaller(add(flat, growth(notional, markPrice, ladder)), most);
}

/** What is open and not known may be all that there can be: then the whole notional. */
function scaledByOpenInterest(
  { notional, openNotional }: StandardFuture,
  rate: Ratio,
  { lower, upper }: OpenInterestScaling,
): Usd {
  if (openNotional === null || !isLess(openNotional, upper)) return notional;
  const flat = usdCeil([notional, rate]);
  if (!isLess(lower, openNotional)) return flat;
  const above = subtract(openNotional, lower);
  return add(flat, usdCeil([notional, subtract(WHOLE, rate), above], [subtract(upper, lower)]));
}

/** Notional × rate per unit × units, where notional ÷ mark is the units. */
const growth = (notional: Usd, markPrice: Price, { perUnit }: SizeLadder): Usd =>
  usdCeil([notional, perUnit, notional], [markPrice]);
