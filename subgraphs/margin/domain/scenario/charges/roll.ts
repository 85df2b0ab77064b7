/** The risk that futures prices move away from the index, contract by contract. */

import { z } from 'zod';
import { deltaExposure, deltaShares } from '../../delta/deltaExposure.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { termRate, termRateSchema } from './termRate.js';

export const rollSchema = z.strictObject({
  kind: z.literal('ROLL'),
  ...termRateSchema.shape,
});

/**
 * Σ |delta| × spot × max(minimum, annualised × years to expiry) over futures, perpetuals and
 * options, without any netting; held coins do not roll. Deribit publishes it for futures, in whole
 * coins; of options it does not say, and they pay by their delta here.
 * Source: docs.deribit.com, private/pme/simulate.
 */
export function rollRequirement(
  code: string,
  rates: z.infer<typeof rollSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const shares = deltaShares(deltaExposure(book, underlying), ({ kind, delta, expiry }) => {
    if (kind === 'COLLATERAL') return 0;
    return Math.sign(delta) * termRate(rates, underlying, expiry);
  });
  return charge({ code, of: underlying.underlying }, shares);
}
