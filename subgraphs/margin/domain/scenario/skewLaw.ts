/** How the wings of a volatility surface twist in the skew scenarios. */

import { z } from 'zod';

/**
 * A strike K moves by the factor 1 + cap × x ÷ width, flat beyond ±cap, where x is ln(K ÷ forward),
 * or its absolute value; cap and width depend on the root of the years to expiry.
 */
export interface SkewLaw {
  readonly linear: SkewCap;
  readonly absolute: SkewCap;
  /** Of `width`. */
  readonly widthMin: number;
  /** Standard deviations up to which the twist grows. */
  readonly widthScale: number;
  /** The volatility that `width` assumes, a year, and how it changes with the root of the years. */
  readonly volatility: number;
  readonly volatilityPerRootYear: number;
}

export interface SkewCap {
  /** Largest relative twist of an expiry that is now. */
  readonly base: number;
  /** Added for each root of a year; negative makes long expiries twist less. */
  readonly perRootYear: number;
}

/** For one expiry: from ln(K ÷ forward) to the factor on volatility, at least 0. */
export function skewFactor(
  law: SkewLaw,
  kind: 'LINEAR_SKEW' | 'ABSOLUTE_SKEW',
  rootYears: number,
): (logMoneyness: number) => number {
  const { base, perRootYear } = kind === 'LINEAR_SKEW' ? law.linear : law.absolute;
  const cap = base + perRootYear * rootYears;
  const assumed = law.volatility + law.volatilityPerRootYear * rootYears;
  const width = Math.max(law.widthMin, law.widthScale * rootYears * assumed);
  return (logMoneyness) => {
    const x = kind === 'LINEAR_SKEW' ? logMoneyness : Math.abs(logMoneyness);
    if (cap === 0 || x === 0) return 1;
    // Each side is bounded on its own; with a negative cap the bound holds the other way round.
    const twist = (x * cap) / width;
    return Math.max(1 + (x > 0 ? Math.min(cap, twist) : Math.max(-cap, twist)), 0);
  };
}

const cap = z.strictObject({
  base: z.number().min(0).max(10),
  perRootYear: z.number().min(-10).max(10),
});

export const skewLawSchema = z.strictObject({
  linear: cap,
  absolute: cap,
  widthMin: z.number().positive().max(10),
  widthScale: z.number().min(0).max(10),
  volatility: z.number().min(0).max(10),
  volatilityPerRootYear: z.number().min(-20).max(20),
}) satisfies z.ZodType<SkewLaw>;
