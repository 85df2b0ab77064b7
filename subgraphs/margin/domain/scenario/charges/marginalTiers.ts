/** Rates that rise with size, each on its own slice, as in a progressive tax. */

import { z } from 'zod';

const tier = z.strictObject({
  /** Where the slice ends, in USD; null for the last one, which has no end. */
  upTo: z.number().positive().nullable(),
  rate: z.number().min(0).max(1000),
});

/** Slices in rising order, the last without an end. */
export const marginalTiersSchema = z
  .array(tier)
  .min(1)
  .refine((tiers) => tiers.every(({ upTo }, i) => (upTo === null) === (i === tiers.length - 1)), {
    error: 'only the last tier has no end',
  })
  .refine((tiers) => tiers.every(({ upTo }, i) => i === 0 || rises(tiers[i - 1]!.upTo, upTo)), {
    error: 'tiers must rise',
  });

export type MarginalTiers = z.infer<typeof marginalTiersSchema>;

/** The sum over slices of the slice's part of `amount` × its rate. `amount` is at least 0. */
export function tieredAmount(tiers: MarginalTiers, amount: number): number {
  let [total, from] = [0, 0];
  for (const { upTo, rate } of tiers) {
    if (amount <= from) break;
    const to = Math.min(amount, upTo ?? Infinity);
    total += (to - from) * rate;
    from = to;
  }
  return total;
}

const rises = (before: number | null, after: number | null) =>
  before !== null && (after === null || after > before);
