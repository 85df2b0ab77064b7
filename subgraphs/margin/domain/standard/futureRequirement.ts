/** The requirement of a perpetual or dated future: a rate on notional that may rise with size. */

import {
  add,
  isPositive,
  smaller,
  usdCeil,
  type Price,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import type { MarginPair } from './marginPair.js';
import type { StandardFuture } from './standardPosition.js';
import type { MarginRates, SizeLadder } from './standardRules.js';

/** Rounded up. */
export const futureRequirement = (future: StandardFuture, rates: MarginRates): MarginPair => ({
  initialMargin: atRate(future, rates.initial, rates.ladder),
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

/** Notional × rate per unit × units, where notional ÷ mark is the units. */
const growth = (notional: Usd, markPrice: Price, { perUnit }: SizeLadder): Usd =>
  usdCeil([notional, perUnit, notional], [markPrice]);
