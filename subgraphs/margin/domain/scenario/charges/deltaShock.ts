/** What it takes to trade out of an exposure that is large for its market. */

import { z } from 'zod';
import { deltaExposure, deltaShares } from '../../delta/deltaExposure.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { rateSchema } from './rateSchema.js';

export const deltaShockSchema = z.strictObject({
  kind: z.literal('DELTA_SHOCK'),
  /** USD of net delta that the market takes without moving. */
  threshold: z.number().min(0),
  /** Share of the price for each unit of the underlying beyond the threshold. */
  perUnit: rateSchema,
  /** Largest share. */
  maximum: rateSchema,
});

/**
 * |net delta| × spot × min(maximum, perUnit × units beyond the threshold): nothing up to the
 * threshold, then rising in a line. Deribit publishes the three numbers and, in every example, no
 * shock below the threshold; the line in between is our reading of them.
 */
export function deltaShockRequirement(
  code: string,
  { threshold, perUnit, maximum }: z.infer<typeof deltaShockSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const exposure = deltaExposure(book, underlying);
  const { net, spot } = exposure;
  const beyond = Math.max(Math.abs(net) - threshold / spot, 0);
  const rate = Math.min(maximum, perUnit * beyond);
  const shares = deltaShares(exposure, () => Math.sign(net) * rate);
  return charge({ code, of: underlying.underlying }, shares);
}
