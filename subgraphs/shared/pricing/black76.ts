/** Black's price of a European option on a forward, in float64. */

import { requireAboveZero, requireAtLeastZero, requireFinite } from './invalidPricingInput.js';
import { normalCdf } from './normalDistribution.js';

export interface EuropeanOption {
  readonly type: 'CALL' | 'PUT';
  /** Forward price of the underlying at expiry; at least zero, in the currency of the strike. */
  readonly forward: number;
  /** At least zero. */
  readonly strike: number;
  /** Per year, as a share: 0.6 is 60 %. At least zero. */
  readonly volatility: number;
  /** Until expiry; zero or less once it has expired. */
  readonly years: number;
  /** What one unit at expiry is worth now; above zero. */
  readonly discount: number;
}

/**
 * Premium in the currency of the strike, per unit of the underlying; at least 0. An option without
 * time or volatility left, or on a strike or forward of zero, is worth what exercising it pays.
 * Throws InvalidPricingInput, naming the field, on what is not a number of its range.
 * Source: F. Black, "The pricing of commodity contracts" (1976), equation 16.
 */
export function black76(option: EuropeanOption): number {
  requirePriceable(option);
  const { type, forward, strike, discount } = option;
  const side = type === 'CALL' ? 1 : -1;
  const deviation = standardDeviation(option);
  if (deviation === 0 || forward === 0 || strike === 0) {
    return discount * Math.max(side * (forward - strike), 0);
  }

  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const premium = side * (forward * normalCdf(side * d1) - strike * normalCdf(side * d2));
  // Far out of the money the difference is rounding, and rounding may come out below nothing.
  return discount * Math.max(premium, 0);
}

/** σ√T: how far the logarithm of the price may move until expiry; 0 once it has expired. */
export const standardDeviation = ({
  volatility,
  years,
}: Pick<EuropeanOption, 'volatility' | 'years'>): number =>
  volatility * Math.sqrt(Math.max(years, 0));

/** Throws InvalidPricingInput for the first field out of its range. */
export function requirePriceable(option: EuropeanOption): void {
  requireAtLeastZero('forward', option.forward);
  requireAtLeastZero('strike', option.strike);
  requireAtLeastZero('volatility', option.volatility);
  requireFinite('years', option.years);
  requireAboveZero('discount', option.discount);
}
