/** Moves far beyond the scan's, of whose profit or loss a venue counts a part. */

import { z } from 'zod';
import { charge, type Requirement } from '../../risk/requirement.js';
import type { UnderlyingRisk } from '../../risk/riskBook.js';
import { gridScenario } from '../gridScenario.js';
import { preparedScan, type PreparedScan } from '../preparedScan.js';
import { scanProfits } from '../scan.js';
import { PLAIN_SCAN } from '../scanComponent.js';
import { scenarioShares } from '../scenarioShares.js';
import { volatilityLawSchema } from '../volatilityLaw.js';
import type { ChargeScope } from './chargeScope.js';

export const dampenedTailsSchema = z.strictObject({
  kind: z.literal('DAMPENED_TAILS'),
  /** Relative moves of the spot, all with volatility up. */
  spots: z.array(z.number().gt(-1).max(1000)).min(1),
  volatility: volatilityLawSchema,
  discountsMarks: z.boolean(),
  /** Of a move m counts the share `range` ÷ |m|: a future then loses what it loses at `range`. */
  range: z.number().positive().max(1),
  /** USD of loss that do not count. */
  dampener: z.number().min(0),
  /** See `ScanComponent`. */
  numeraire: z.enum(['USD', 'UNDERLYING']),
});

export type DampenedTails = z.infer<typeof dampenedTailsSchema>;

/**
 * The worst tail's loss less the dampener, and at least nothing. Deribit publishes the moves, the
 * range and the dampener; the fraction agrees with the entries that it prints for futures, and the
 * dampener, taken off the loss, with the zeros that it prints for small books.
 * Source: docs.deribit.com, private/pme/simulate («extended»).
 */
export function dampenedTailsRequirement(
  code: string,
  tails: DampenedTails,
  { book, underlying }: ChargeScope,
): Requirement {
  const lineCount = book.lines.length;
  const revalued = revaluedTails(tails, underlying);
  const profits = countedProfits(tails, scanProfits(revalued));
  const worst = profits.reduce((found, profit, s) => (profit < profits[found]! ? s : found), 0);
  const loss = -profits[worst]!;
  const dampened = Math.max(loss - tails.dampener, 0);
  const none = new Float64Array(lineCount);
  if (dampened === 0) return charge({ code, of: underlying.underlying }, none);
  const scale = countedShare(tails, tails.spots[worst]!) * (dampened / loss);
  return charge(
    { code, of: underlying.underlying, detail: revalued.market.grid[worst]!.name },
    scenarioShares(revalued, worst, lineCount).map((share) => share * scale),
  );
}

/** What counts of each move's profit before the dampener, USD at today's spot; negative for a loss. */
export const dampenedTailProfits = (tails: DampenedTails, underlying: UnderlyingRisk) =>
  countedProfits(tails, scanProfits(revaluedTails(tails, underlying)));

function revaluedTails(tails: DampenedTails, underlying: UnderlyingRisk): PreparedScan {
  const grid = tails.spots.map((spotShock) =>
    gridScenario({ spotShock, futuresShock: null, volatility: 'UP', weight: 1 }),
  );
  const { volatility, discountsMarks } = tails;
  return preparedScan({ ...PLAIN_SCAN, grid, volatility, discountsMarks }, underlying);
}

const countedProfits = (tails: DampenedTails, profits: Float64Array) =>
  profits.map((profit, s) => profit * countedShare(tails, tails.spots[s]!));

/** Counted in coins, the part that counts is worth coins at the price where that part is lost. */
function countedShare({ range, numeraire }: DampenedTails, move: number): number {
  const share = move === 0 ? 1 : range / Math.abs(move);
  return numeraire === 'USD' ? share : share / (1 + share * move);
}
