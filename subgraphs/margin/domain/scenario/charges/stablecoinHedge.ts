/** What a hedge costs whose legs are paid in dollars that are not the same dollars. */

import { z } from 'zod';
import { deltaExposure, deltaShares, type DeltaExposure } from '../../delta/deltaExposure.js';
import type { LineDelta } from '../../delta/lineDelta.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { marginalTiersSchema, tieredAmount } from './marginalTiers.js';
import { rateSchema } from './rateSchema.js';

export const stablecoinHedgeSchema = z.strictObject({
  kind: z.literal('STABLECOIN_HEDGE'),
  /** Shares of slices of the hedged value in USD. */
  tiers: marginalTiersSchema,
  /** At this price of the stablecoin or below, the whole hedge pays `rate`. */
  lostPeg: z.strictObject({ price: z.number().positive(), rate: rateSchema }),
});

/**
 * The hedge between contracts priced in USD itself and those priced in the stablecoin: where the
 * two are of opposite signs, min(|a|, |b|) × spot, by tiers. Inverse futures are taken for USD
 * and other futures for the stablecoin; options, which a book does not tell apart, for whichever
 * side makes the charge larger. Source: OKX, «portfolio margin mode: cross-margin trading», MR9.
 */
export function stablecoinHedgeRequirement(
  code: string,
  { tiers, lostPeg }: z.infer<typeof stablecoinHedgeSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const exposure = deltaExposure(book, underlying);
  const stable = book.stable.price;
  const rated = (hedged: number) =>
    stable <= lostPeg.price ? hedged * lostPeg.rate : tieredAmount(tiers, hedged);
  const hedges = [true, false].map((isOptionUsd) => hedgeOf(exposure, isOptionUsd));
  const hedge = hedges[1]!.hedged > hedges[0]!.hedged ? hedges[1]! : hedges[0]!;
  const rate = hedge.hedged === 0 ? 0 : rated(hedge.hedged) / hedge.hedged;
  const shares = deltaShares(exposure, (line) => rate * hedge.payingSide(line));
  return charge({ code, of: underlying.underlying }, shares);
}

interface Hedge {
  /** USD. */
  readonly hedged: number;
  /** 1 or −1, the sign of the smaller side's delta, on its own lines; 0 on the others. */
  readonly payingSide: (line: LineDelta) => number;
}

function hedgeOf({ lines, spot }: DeltaExposure, isOptionUsd: boolean): Hedge {
  const isUsd = ({ kind, isInverse }: LineDelta) => (kind === 'OPTION' ? isOptionUsd : isInverse);
  let [usd, stable] = [0, 0];
  for (const line of lines) {
    if (line.kind === 'COLLATERAL') continue;
    if (isUsd(line)) usd += line.delta;
    else stable += line.delta;
  }
  if (usd * stable >= 0) return { hedged: 0, payingSide: () => 0 };
  const usdPays = Math.abs(usd) <= Math.abs(stable);
  return {
    hedged: Math.min(Math.abs(usd), Math.abs(stable)) * spot,
    payingSide: (line) =>
      line.kind !== 'COLLATERAL' && isUsd(line) === usdPays ? Math.sign(usdPays ? usd : stable) : 0,
  };
}
