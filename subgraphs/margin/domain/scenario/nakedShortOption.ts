/**
 * A share of the spot price for each short option that no long one of the same expiry and strike
 * covers. Source: docs.derive.xyz/docs/pm2, «option contingency».
 */

import { z } from 'zod';
import { charge, type Requirement } from '../risk/requirement.js';
import type { OptionRisk, UnderlyingRisk } from '../risk/riskBook.js';
import { groupedBy } from './groupedBy.js';

export interface NakedShortOption {
  readonly kind: 'NAKED_SHORT_OPTION';
  readonly rate: number;
}

export const nakedShortOptionSchema = z.strictObject({
  kind: z.literal('NAKED_SHORT_OPTION'),
  rate: z.number().min(0).max(2),
}) satisfies z.ZodType<NakedShortOption>;

/** Calls and puts of one strike net each other; a strike's charge is its lines' by their size. */
export function nakedShortOption(
  code: string,
  { rate }: NakedShortOption,
  { underlying, options, spot }: UnderlyingRisk,
  lineCount: number,
): Requirement {
  const shares = new Float64Array(lineCount);
  const strikes = groupedBy(options, ({ expiry, strike }) => `${expiry} ${strike}`);
  for (const strike of strikes.values()) {
    if (netUnits(strike) >= 0) continue;
    for (const { line, quantity } of strike) shares[line]! -= rate * spot.price * quantity;
  }
  return charge({ code, of: underlying }, shares);
}

const netUnits = (options: readonly OptionRisk[]) =>
  options.reduce((sum, { quantity }) => sum + quantity, 0);
