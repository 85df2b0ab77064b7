/** One expiry's smile in Gatheral's raw SVI form, in float64. */

import {
  InvalidPricingInput,
  requireAboveZero,
  requireAtLeastZero,
  requireFinite,
} from './invalidPricingInput.js';

/**
 * Total variance over log-moneyness k = ln(strike / forward):
 * w(k) = a + b·(ρ·(k − m) + √((k − m)² + σ²)), with volatility² × years = w.
 * Source: J. Gatheral and A. Jacquier, "Arbitrage-free SVI volatility surfaces" (2014), §3.1.
 */
export interface SviSlice {
  /** Until expiry; above 0. */
  readonly years: number;
  /** Of the expiry; above 0. */
  readonly forward: number;
  /** Level; may be below 0 as long as no variance is. */
  readonly a: number;
  /** Slope of the wings; at least 0. */
  readonly b: number;
  /** Tilt, within −1…1: below 0 where low strikes are dearer. */
  readonly rho: number;
  /** Log-moneyness of the smile's middle. */
  readonly m: number;
  /** Width of its bend; at least 0. */
  readonly sigma: number;
}

/**
 * The slice, checked. Throws InvalidPricingInput naming the first field out of its range, `a` where
 * it makes the least total variance, a + b·σ·√(1 − ρ²), negative.
 */
export function sviSlice(slice: SviSlice): SviSlice {
  requireAboveZero('years', slice.years);
  requireAboveZero('forward', slice.forward);
  requireFinite('a', slice.a);
  requireAtLeastZero('b', slice.b);
  if (!(Math.abs(slice.rho) <= 1)) {
    throw new InvalidPricingInput('rho', slice.rho, 'within -1 and 1');
  }
  requireFinite('m', slice.m);
  requireAtLeastZero('sigma', slice.sigma);
  const least = slice.a + slice.b * slice.sigma * Math.sqrt(1 - slice.rho * slice.rho);
  if (!(least >= 0)) {
    throw new InvalidPricingInput('a', slice.a, 'high enough to keep every variance at least 0');
  }
  return slice;
}

/** Variance of the logarithm of the price until expiry, at a log-moneyness; at least 0. */
export function sviTotalVariance({ a, b, rho, m, sigma }: SviSlice, logMoneyness: number): number {
  const distance = logMoneyness - m;
  // Rounding may bring the least variance of a smile that touches 0 below it.
  return Math.max(a + b * (rho * distance + Math.hypot(distance, sigma)), 0);
}

/**
 * Volatility a year at a strike. 0 at strike 0, where no price depends on it.
 * Throws InvalidPricingInput unless the strike is at least 0.
 */
export function sviVolatility(slice: SviSlice, strike: number): number {
  requireAtLeastZero('strike', strike);
  if (strike === 0) return 0;
  return Math.sqrt(sviTotalVariance(slice, Math.log(strike / slice.forward)) / slice.years);
}
