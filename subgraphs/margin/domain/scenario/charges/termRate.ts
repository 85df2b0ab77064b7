/** What a unit of delta pays that is held to a time: the longer, the more. */

import { z } from 'zod';
import { yearsOf } from '../../delta/yearsOf.js';
import type { UnderlyingRisk } from '../../risk/riskBook.js';
import { rateSchema } from './rateSchema.js';

export const termRateSchema = z.strictObject({
  /** Share of the price for each year to expiry. */
  annualised: rateSchema,
  /** Least share, which perpetuals pay. */
  minimum: rateSchema,
});

/** max(minimum, annualised × years to expiry), a share of the price; `expiry` is null for a perpetual. */
export function termRate(
  { annualised, minimum }: z.infer<typeof termRateSchema>,
  { expiries }: UnderlyingRisk,
  expiry: number | null,
): number {
  const years = expiry === null ? 0 : yearsOf(expiries[expiry]!.seconds);
  return Math.max(minimum, annualised * years);
}
