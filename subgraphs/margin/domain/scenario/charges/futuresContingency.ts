/** A share of every future held, for the market moving against whoever closes it. */

import { z } from 'zod';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { futureNotional } from './grossNotional.js';
import { rateSchema } from './rateSchema.js';

export const futuresContingencySchema = z.strictObject({
  kind: z.literal('FUTURES_CONTINGENCY'),
  /** Share of the index value of each contract. */
  rate: rateSchema,
});

/** rate × index × Σ|quantity|, in USD, perpetuals included. Source: wiki.dederi.io. */
export function futuresContingencyRequirement(
  code: string,
  { rate }: z.infer<typeof futuresContingencySchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const shares = new Float64Array(book.lines.length);
  for (const future of underlying.futures) {
    shares[future.line]! += rate * futureNotional(future, underlying.spot.price);
  }
  return charge({ code, of: underlying.underlying }, shares);
}
