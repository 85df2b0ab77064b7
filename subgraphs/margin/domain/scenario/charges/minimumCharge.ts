/** The least that it costs to close everything: fees and slippage, growing with size. */

import { z } from 'zod';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { grossNotionals } from './grossNotional.js';
import { marginalTiersSchema, tieredAmount } from './marginalTiers.js';
import { rateSchema } from './rateSchema.js';

export const minimumChargeSchema = z.strictObject({
  kind: z.literal('MINIMUM_CHARGE'),
  /** Share of the gross value of every contract: the raw charge. */
  rate: rateSchema,
  /** Multipliers on slices of the raw charge. */
  tiers: marginalTiersSchema,
});

/**
 * The raw charge with each slice multiplied by its tier's rate: of 30,000 USD the first 10,000 once
 * and the rest twice are 50,000. Lines pay in proportion to their value.
 * Source: OKX, «scaling factor logic in portfolio margin mode», with this example.
 */
export function minimumChargeRequirement(
  code: string,
  { rate, tiers }: z.infer<typeof minimumChargeSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const notionals = grossNotionals(underlying, book.lines.length);
  const raw = notionals.reduce((sum, notional) => sum + notional, 0) * rate;
  const perUsd = raw === 0 ? 0 : (tieredAmount(tiers, raw) / raw) * rate;
  return charge(
    { code, of: underlying.underlying, detail: `raw charge ${raw.toFixed(2)} USD` },
    notionals.map((notional) => notional * perUsd),
  );
}
