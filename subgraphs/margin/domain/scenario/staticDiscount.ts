/**
 * The haircut that a venue puts on what the options of an expiry are worth in a scenario, by the
 * sign of that worth: what is owned counts for less, what is owed for more.
 */

import { z } from 'zod';

export interface StaticDiscount {
  /** Where the expiry is worth something: base × e^(−years × (rate × rateFactor + rateAddition)). */
  readonly long: StaticScale;
  /**
   * Where it is owed: base × e^(years × (…)), and never more than takes back the discount of the
   * mark, so that what is owed counts for at most its value at expiry.
   */
  readonly short: StaticScale;
}

export interface StaticScale {
  readonly base: number;
  readonly rateFactor: number;
  readonly rateAddition: number;
}

/** Factors on an expiry's worth, by its sign. */
export interface WorthFactors {
  readonly positive: number;
  readonly negative: number;
}

/**
 * @param rate Continuously compounded, a year; at least 0.
 * @param discount Of the mark: e^(−rate × years), or 1 for a venue that does not discount marks.
 */
export function worthFactors(
  law: StaticDiscount | null,
  years: number,
  rate: number,
  discount: number,
): WorthFactors {
  if (law === null) return { positive: 1, negative: 1 };
  // Bounded so that the exponential stays a number; `discount` bounds its effect far below.
  const growth = ({ rateFactor, rateAddition }: StaticScale) =>
    Math.min(years * (rate * rateFactor + rateAddition), 700);
  return {
    positive: law.long.base * Math.exp(-growth(law.long)),
    negative: Math.min(1 / discount, law.short.base * Math.exp(growth(law.short))),
  };
}

const scale = z.strictObject({
  base: z.number().min(0).max(10),
  rateFactor: z.number().min(0).max(10),
  rateAddition: z.number().min(0).max(10),
});

export const staticDiscountSchema = z.strictObject({
  long: scale,
  short: scale,
}) satisfies z.ZodType<StaticDiscount>;
