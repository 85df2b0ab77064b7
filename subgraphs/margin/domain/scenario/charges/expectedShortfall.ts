/** What the worst days of a history would cost the book as it is now. */

import { z } from 'zod';
import type { UnderlyingRisk } from '../../risk/riskBook.js';
import { charge, type Requirement } from '../../risk/requirement.js';
import { gridScenario } from '../gridScenario.js';
import { preparedScan, type PreparedScan } from '../preparedScan.js';
import { RiskInputError } from '../riskInputError.js';
import { scanProfits } from '../scan.js';
import { PLAIN_SCAN } from '../scanComponent.js';
import { scenarioShares } from '../scenarioShares.js';
import type { ChargeScope } from './chargeScope.js';
import { tailMean } from './tailMean.js';

export const expectedShortfallSchema = z.strictObject({
  kind: z.literal('EXPECTED_SHORTFALL'),
  /** 0.99 averages the worst hundredth of the history. */
  confidence: z.number().gt(0).lt(1),
});

/**
 * The mean loss of the worst share of the past returns, every position revalued in full under each
 * of them, with volatilities as they are; at least 0, and 0 without a history. Each line pays its
 * own mean loss on those days. Throws RiskInputError for a return below −100 %.
 * Source: C. Acerbi and D. Tasche, "On the coherence of expected shortfall" (2002).
 */
export function expectedShortfallRequirement(
  code: string,
  { confidence }: z.infer<typeof expectedShortfallSchema>,
  { book, underlying }: ChargeScope,
): Requirement {
  const { underlying: of, returns } = underlying;
  const lineCount = book.lines.length;
  const none = charge({ code, of, detail: 'no history' }, new Float64Array(lineCount));
  if (returns.length === 0) return none;

  const history = revaluedHistory(underlying);
  const tail = tailMean(
    scanProfits(history).map((profit) => -profit),
    confidence,
  );
  const detail = `the worst ${tail.worst.length} of ${returns.length} returns`;
  if (tail.mean <= 0) return charge({ code, of, detail }, new Float64Array(lineCount));
  const shares = new Float64Array(lineCount);
  for (const { place, weight } of tail.worst) {
    const losses = scenarioShares(history, place, lineCount);
    for (let i = 0; i < lineCount; i++) shares[i]! += weight * losses[i]!;
  }
  return charge({ code, of, detail }, shares);
}

/** A scan whose scenarios are what has happened: joint moves of every price of the underlying. */
function revaluedHistory(underlying: UnderlyingRisk): PreparedScan {
  underlying.returns.forEach((past, i) => {
    if (past >= -1) return;
    const field = `${underlying.underlying}.returns[${i}]`;
    throw new RiskInputError(field, 'must be at least −1', past);
  });
  const grid = underlying.returns.map((spotShock) =>
    gridScenario({ spotShock, futuresShock: null, volatility: 'NONE', weight: 1 }),
  );
  return preparedScan({ ...AS_IT_IS, grid }, underlying);
}

const AS_IT_IS = {
  ...PLAIN_SCAN,
  volatility: {
    shift: 'RELATIVE',
    up: 0,
    down: 0,
    upMin: 0,
    referenceDays: 30,
    daysMin: 1,
    shortPower: 0,
    longPower: 0,
  },
  discountsMarks: true,
} as const;
