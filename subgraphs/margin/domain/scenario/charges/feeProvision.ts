/** The fees of closing every position at once. */

import { z } from 'zod';
import { black76 } from '../../../../shared/pricing/black76.js';
import { europeanOption } from '../../delta/europeanOption.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { futureNotional } from './grossNotional.js';
import { rateSchema } from './rateSchema.js';

export const feeProvisionSchema = z.strictObject({
  kind: z.literal('FEE_PROVISION'),
  /** Taker's fee of futures, as a share of their value. */
  futures: rateSchema,
  /** Taker's fee of options, as a share of the value of the underlying that they stand for. */
  options: rateSchema,
  /** Largest fee of an option, as a share of its premium. */
  premiumShare: rateSchema,
});

/** Σ fee of each line, never netted. Source: docs.paradex.trade/trading/trading-fees. */
export function feeProvisionRequirement(
  code: string,
  fees: z.infer<typeof feeProvisionSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const shares = new Float64Array(book.lines.length);
  const spot = underlying.spot.price;
  for (const future of underlying.futures) {
    shares[future.line]! += fees.futures * futureNotional(future, spot);
  }
  for (const option of underlying.options) {
    const premium = black76(europeanOption(option, underlying.expiries[option.expiry]!));
    const fee = Math.min(fees.options * spot, fees.premiumShare * premium);
    shares[option.line]! += Math.abs(option.quantity) * fee;
  }
  return charge({ code, of: underlying.underlying }, shares);
}
