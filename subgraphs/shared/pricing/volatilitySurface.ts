/** Smiles of several expiries, and what lies between them. */

import { InvalidPricingInput, requireAboveZero, requireFinite } from './invalidPricingInput.js';
import { sviSlice, sviTotalVariance, type SviSlice } from './sviSlice.js';

export interface VolatilitySurface {
  /** Rising by years, each once. */
  readonly slices: readonly SviSlice[];
}

/**
 * The surface of slices in any order. Throws InvalidPricingInput on a slice that `sviSlice` refuses,
 * and naming `years` where two are of one expiry.
 */
export function volatilitySurface(slices: readonly SviSlice[]): VolatilitySurface {
  const sorted = slices.map(sviSlice).toSorted((one, other) => one.years - other.years);
  sorted.forEach(({ years }, index) => {
    if (years === sorted[index - 1]?.years) {
      throw new InvalidPricingInput('years', years, 'the only slice of its expiry');
    }
  });
  return { slices: sorted };
}

export interface SurfacePlace {
  /** Until expiry. */
  readonly years: number;
  /** Of that expiry; above 0. */
  readonly forward: number;
  /** Above 0. */
  readonly strike: number;
}

/**
 * Volatility a year: between two expiries by total variance, linear in time at the same
 * log-moneyness; before the first and after the last as of that expiry. Null once expired, and on a
 * surface without slices.
 * Throws InvalidPricingInput unless years is a number and forward and strike are above 0.
 */
export function surfaceVolatility(
  { slices }: VolatilitySurface,
  { years, forward, strike }: SurfacePlace,
): number | null {
  requireFinite('years', years);
  requireAboveZero('forward', forward);
  requireAboveZero('strike', strike);
  if (years <= 0) return null;
  const earlier = slices.findLast((slice) => slice.years <= years);
  const later = slices.find((slice) => slice.years >= years);
  const [from, to] = [earlier ?? later, later ?? earlier];
  if (from === undefined || to === undefined) return null;

  const logMoneyness = Math.log(strike / forward);
  const variance = sviTotalVariance(from, logMoneyness);
  if (from === to) return Math.sqrt(variance / from.years);
  const share = (years - from.years) / (to.years - from.years);
  const between = variance * (1 - share) + sviTotalVariance(to, logMoneyness) * share;
  return Math.sqrt(between / years);
}
