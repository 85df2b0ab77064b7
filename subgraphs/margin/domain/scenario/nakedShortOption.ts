/**
 * A share of the spot price for each short option that no long one of the same expiry and strike
 * covers. Source: docs.derive.xyz/docs/pm2, «option contingency».
 */

import { z } from 'zod';
import { charge, type Requirement } from '../risk/requirement.js';
import type { UnderlyingRisk } from '../risk/riskBook.js';
import { netShortShares } from './netShortShares.js';

export interface NakedShortOption {
  readonly kind: 'NAKED_SHORT_OPTION';
  readonly rate: number;
}

export const nakedShortOptionSchema = z.strictObject({
  kind: z.literal('NAKED_SHORT_OPTION'),
  rate: z.number().min(0).max(2),
}) satisfies z.ZodType<NakedShortOption>;

/** See `netShortShares`. */
export function nakedShortOption(
  code: string,
  { rate }: NakedShortOption,
  { underlying, options, spot }: UnderlyingRisk,
  lineCount: number,
): Requirement {
  const shares = netShortShares(options, rate * spot.price, lineCount);
  return charge({ code, of: underlying }, shares);
}
