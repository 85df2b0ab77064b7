/** What selling out moves the price by, on the square-root law of market impact. */

import { z } from 'zod';
import { deltaExposure, deltaShares } from '../../delta/deltaExposure.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { rateSchema } from './rateSchema.js';

export const liquiditySchema = z.strictObject({
  kind: z.literal('LIQUIDITY'),
  /** Y of the law: a pure number of the order of 1. */
  impact: z.number().min(0).max(10),
  /** Of one day's relative returns. */
  dailyVolatility: rateSchema,
  /** USD that trade in a day; null where it is not known. */
  dailyVolumeUsd: z.number().min(0).nullable(),
  /** Largest share of the value, and the share where no volume is known. */
  maximum: rateSchema,
});

/**
 * Q × min(maximum, Y σ √(Q ÷ V)), where Q is the USD to trade until every venue is flat: the sum of
 * the venues' net deltas without their signs, since a position can be closed only where it is.
 * It grows faster than the position, so that it is left out of any test of subadditivity. An unknown
 * volume, or none, costs the maximum. Source: domain.md §8.
 */
export function liquidityRequirement(
  code: string,
  { impact, dailyVolatility, dailyVolumeUsd, maximum }: z.infer<typeof liquiditySchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const exposure = deltaExposure(book, underlying);
  const { byVenue, venues, spot } = exposure;
  let amount = 0;
  for (const delta of byVenue.values()) amount += Math.abs(delta) * spot;
  const rate =
    dailyVolumeUsd === null || dailyVolumeUsd === 0
      ? maximum
      : Math.min(maximum, impact * dailyVolatility * Math.sqrt(amount / dailyVolumeUsd));
  const shares = deltaShares(
    exposure,
    (_line, index) => Math.sign(byVenue.get(venues[index]!)!) * rate,
  );
  return charge(
    { code, of: underlying.underlying, detail: `${amount.toFixed(0)} USD to trade` },
    shares,
  );
}
