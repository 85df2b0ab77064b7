/** Black's price of a European option on a forward, in float64. */

import { normalCdf } from './normalDistribution.js';

export interface EuropeanOption {
  readonly type: 'CALL' | 'PUT';
  /** Forward price of the underlying at expiry; above zero, in the currency of the strike. */
  readonly forward: number;
  /** Above zero. */
  readonly strike: number;
  /** Per year, as a share: 0.6 is 60 %. */
  readonly volatility: number;
  /** Until expiry; zero or less once it has expired. */
  readonly years: number;
  /** What one unit at expiry is worth now. */
  readonly discount: number;
}

/**
 * Premium in the currency of the strike, per unit of the underlying. An option without time or
 * volatility left is worth what exercising it pays.
 * Source: F. Black, "The pricing of commodity contracts" (1976), equation 16.
 */
export function black76(option: EuropeanOption): number {
  const { type, forward, strike, volatility, years, discount } = option;
  const side = type === 'CALL' ? 1 : -1;
  const deviation = volatility * Math.sqrt(Math.max(years, 0));
  if (deviation === 0) return discount * Math.max(side * (forward - strike), 0);

  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const premium = side * (forward * normalCdf(side * d1) - strike * normalCdf(side * d2));
  // Far out of the money the difference is rounding, and rounding may come out below nothing.
  return discount * Math.max(premium, 0);
}
