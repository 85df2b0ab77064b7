/** Whether smiles promise a profit without risk: prices that no distribution of the future gives. */

import { sviTotalVariance, type SviSlice } from './sviSlice.js';

/**
 * The log-moneyness where a butterfly of options of one expiry costs least below nothing; null where
 * none does. Checked at 801 places, up to eight deviations from the middle, and by the slopes of
 * the wings, which may not pass 2: then it is that end, ±Infinity.
 * Source: Gatheral and Jacquier (2014), §2.2, condition g(k) ≥ 0; R. Lee, "The moment formula for
 * implied volatility at extreme strikes" (2004).
 */
export function butterflyArbitrage(slice: SviSlice): number | null {
  if (slice.b * (1 + slice.rho) > 2) return Infinity;
  if (slice.b * (1 - slice.rho) > 2) return -Infinity;
  return lowest(places([slice]), (k) => densityFactor(slice, k));
}

/**
 * The log-moneyness where an option of the later expiry lacks most of the total variance of the
 * earlier one; null where it has all of it. Checked at the places of `butterflyArbitrage`.
 * Source: Gatheral and Jacquier (2014), §2.1, definition 2.2.
 */
export function calendarArbitrage(earlier: SviSlice, later: SviSlice): number | null {
  return lowest(
    places([earlier, later]),
    (k) => sviTotalVariance(later, k) - sviTotalVariance(earlier, k),
  );
}

/** The place of the least value below 0, but for rounding. */
function lowest(at: readonly number[], value: (logMoneyness: number) => number): number | null {
  let [place, least]: [number | null, number] = [null, -1e-12];
  for (const k of at) {
    const found = value(k);
    if (found < least) [place, least] = [k, found];
  }
  return place;
}

/** Density of the price at expiry over the one of a flat smile, g(k): below 0, butterflies pay. */
function densityFactor(slice: SviSlice, logMoneyness: number): number {
  const { b, rho, m, sigma } = slice;
  const variance = sviTotalVariance(slice, logMoneyness);
  const distance = logMoneyness - m;
  const root = Math.hypot(distance, sigma);
  // Without variance there is no density, and at the kink of a smile without a bend no slope.
  if (variance === 0 || root === 0) return 0;
  const slope = b * (rho + distance / root);
  const curvature = (b * sigma * sigma) / (root * root * root);
  const level = 1 - (logMoneyness * slope) / (2 * variance);
  return level * level - (slope * slope * (1 / variance + 0.25)) / 4 + curvature / 2;
}

const PLACES_EACH_SIDE = 400;

/** Even steps over eight deviations, or eight widths of the bend, around what the smiles cover. */
function places(slices: readonly SviSlice[]): readonly number[] {
  const reach = Math.max(
    ...slices.map(
      (slice) =>
        Math.abs(slice.m) + 8 * Math.max(Math.sqrt(sviTotalVariance(slice, 0)), slice.sigma),
    ),
  );
  return Array.from(
    { length: 2 * PLACES_EACH_SIDE + 1 },
    (_, index) => ((index - PLACES_EACH_SIDE) / PLACES_EACH_SIDE) * reach,
  );
}
