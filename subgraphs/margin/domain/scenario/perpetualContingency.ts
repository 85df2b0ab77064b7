/**
 * A share of the notional of net perpetuals, and of net futures of each expiry, whose price may leave
 * the spot's. Source: docs.derive.xyz/docs/pm2, «perp contingency»; the notional is at spot.
 */

import { z } from 'zod';
import { charge, type Requirement } from '../risk/requirement.js';
import type { UnderlyingRisk } from '../risk/riskBook.js';
import { addGroupCharge, futureGroups } from './futureUnits.js';

export interface PerpetualContingency {
  readonly kind: 'PERPETUAL_CONTINGENCY';
  readonly rate: number;
}

export const perpetualContingencySchema = z.strictObject({
  kind: z.literal('PERPETUAL_CONTINGENCY'),
  rate: z.number().min(0).max(3),
}) satisfies z.ZodType<PerpetualContingency>;

export function perpetualContingency(
  code: string,
  { rate }: PerpetualContingency,
  underlying: UnderlyingRisk,
  lineCount: number,
): Requirement {
  const shares = new Float64Array(lineCount);
  for (const group of futureGroups(underlying)) {
    addGroupCharge(shares, group, rate * underlying.spot.price);
  }
  return charge({ code, of: underlying.underlying }, shares);
}
