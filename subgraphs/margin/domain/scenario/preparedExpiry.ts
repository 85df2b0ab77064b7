/** What is computed once for each expiry, before any scenario. */

import type { ExpiryCurve, UnderlyingRisk } from '../risk/riskBook.js';
import { RiskInputError } from './riskInputError.js';

const SECONDS_PER_YEAR = 365 * 86_400;

/** Below this a discount cannot be taken back by dividing. */
const DISCOUNT_MIN = 1e-300;

export interface PreparedExpiry {
  readonly seconds: number;
  readonly years: number;
  readonly rootYears: number;
  readonly forward: number;
  /** The part of the forward that a move of the spot still moves. */
  readonly moving: number;
  /** At least 0: no venue pays for a negative one. */
  readonly rate: number;
  /** From expiry to now, for marks; 1 where they are not discounted. */
  readonly discount: number;
}

/**
 * In the order of the underlying's expiries.
 *
 * @param discountsMarks Whether options are marked at today's value rather than at expiry's.
 */
export const preparedExpiries = (
  { underlying, expiries }: UnderlyingRisk,
  discountsMarks: boolean,
): readonly PreparedExpiry[] =>
  expiries.map((expiry, i) => {
    const prepared = preparedExpiry(expiry, discountsMarks);
    if (prepared.discount >= DISCOUNT_MIN) return prepared;
    throw new RiskInputError(
      `${underlying}.expiries[${i}].rate.price`,
      'discounts to nothing',
      expiry.rate.price,
    );
  });

function preparedExpiry(expiry: ExpiryCurve, discountsMarks: boolean): PreparedExpiry {
  const years = expiry.seconds / SECONDS_PER_YEAR;
  const rate = Math.max(expiry.rate.price, 0);
  return {
    seconds: expiry.seconds,
    years,
    rootYears: Math.sqrt(years),
    forward: expiry.forward.price,
    moving: expiry.forward.price - expiry.forwardFixed,
    rate,
    discount: discountsMarks ? Math.exp(-rate * years) : 1,
  };
}

/**
 * The forward after a move of the spot; at least 0.
 *
 * @param perForward The move of the spot relative to the forward: s, or s × index ÷ forward.
 */
export const shockedForward = ({ forward, moving }: PreparedExpiry, perForward: number) =>
  Math.max(forward + moving * perForward, 0);
