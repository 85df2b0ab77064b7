/** The risk that the prices of different expiries move apart, netted within each of them. */

import { z } from 'zod';
import { deltaExposure, deltaShares } from '../../delta/deltaExposure.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { termRate, termRateSchema } from './termRate.js';

export const termBasisSchema = z.strictObject({
  kind: z.literal('TERM_BASIS'),
  ...termRateSchema.shape,
});

/**
 * Σ |net delta of the term| × spot × max(minimum, annualised × years) over the perpetual and each
 * expiry, options by their deltas; held coins are the spot itself and pay nothing. A spread between
 * two terms therefore pays on both legs.
 */
export function termBasisRequirement(
  code: string,
  rates: z.infer<typeof termBasisSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const exposure = deltaExposure(book, underlying);
  const nets = new Map<number | null, number>();
  for (const { kind, expiry, delta } of exposure.lines) {
    if (kind !== 'COLLATERAL') nets.set(expiry, (nets.get(expiry) ?? 0) + delta);
  }
  const shares = deltaShares(exposure, ({ kind, expiry }) => {
    if (kind === 'COLLATERAL') return 0;
    return Math.sign(nets.get(expiry)!) * termRate(rates, underlying, expiry);
  });
  return charge({ code, of: underlying.underlying }, shares);
}
