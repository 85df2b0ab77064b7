/** The least that a sold option requires, however far out of the money it is. */

import { z } from 'zod';
import { charge, type Requirement } from '../../risk/requirement.js';
import { netShortShares } from '../netShortShares.js';
import type { ChargeScope } from './chargeScope.js';
import { rateSchema } from './rateSchema.js';

export const shortOptionMinimumSchema = z.strictObject({
  kind: z.literal('SHORT_OPTION_MINIMUM'),
  /** Share of the index price for each unit of the underlying that is net short. */
  rate: rateSchema,
});

/**
 * rate × spot × Σ net short units over expiries and strikes, see `netShortShares`.
 * Source: deribit.com/pages/docs/portfoliomargin (0.01 coins per option).
 */
export function shortOptionMinimumRequirement(
  code: string,
  { rate }: z.infer<typeof shortOptionMinimumSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const perUnit = rate * underlying.spot.price;
  const shares = netShortShares(underlying.options, perUnit, book.lines.length);
  return charge({ code, of: underlying.underlying }, shares);
}
