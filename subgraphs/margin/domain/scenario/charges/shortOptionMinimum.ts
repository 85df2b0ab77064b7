/** The least that a sold option requires, however far out of the money it is. */

import { z } from 'zod';
import type { OptionRisk } from '../../risk/riskBook.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { rateSchema } from './rateSchema.js';

export const shortOptionMinimumSchema = z.strictObject({
  kind: z.literal('SHORT_OPTION_MINIMUM'),
  /** Share of the index price for each unit of the underlying that is net short. */
  rate: rateSchema,
});

/**
 * rate × spot × Σ net short units over expiries and strikes, calls and puts of one strike netted
 * with each other. At a strike that is net short every line pays by its size, and what is long there
 * pays less than nothing. Source: deribit.com/pages/docs/portfoliomargin (0.01 coins per option).
 */
export function shortOptionMinimumRequirement(
  code: string,
  { rate }: z.infer<typeof shortOptionMinimumSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const shares = new Float64Array(book.lines.length);
  for (const options of byStrike(underlying.options)) {
    const net = options.reduce((sum, { quantity }) => sum + quantity, 0);
    if (net >= 0) continue;
    for (const { line, quantity } of options) {
      shares[line]! -= rate * underlying.spot.price * quantity;
    }
  }
  return charge({ code, of: underlying.underlying }, shares);
}

function byStrike(options: readonly OptionRisk[]): Iterable<readonly OptionRisk[]> {
  const groups = new Map<string, OptionRisk[]>();
  for (const option of options) {
    const key = `${option.expiry} ${option.strike}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [option]);
    else group.push(option);
  }
  return groups.values();
}
