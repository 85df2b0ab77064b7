/** What the age of prices adds: the move that may have happened unseen. */

import { charge, type Requirement } from '../risk/requirement.js';
import type { RiskBook, UnderlyingRisk } from '../risk/riskBook.js';
import { CRYPTO_DELTA, type BookSensitivity } from './bookSensitivities.js';
import type { BookSensitivityRules } from './bookSensitivityRules.js';

const SECONDS_PER_DAY = 86_400;

/**
 * Net delta × the bucket's move × √(age ÷ margin period), of each underlying whose prices have an
 * age: a random walk moves with the root of time.
 */
export function priceAgeCharges(
  { lines, underlyings }: RiskBook,
  rows: readonly BookSensitivity[],
  rules: BookSensitivityRules,
): readonly Requirement[] {
  return underlyings
    .map((underlying) => ageCharge(underlying, rows, rules, lines.length))
    .filter(({ amount }) => amount > 0);
}

function ageCharge(
  { underlying, priceAgeSeconds }: UnderlyingRisk,
  rows: readonly BookSensitivity[],
  { byTicker, others, moves, horizonDays }: BookSensitivityRules,
  lineCount: number,
): Requirement {
  const ofUnderlying = rows.filter(
    ({ riskType, qualifier }) => riskType === CRYPTO_DELTA && qualifier === underlying,
  );
  const net = ofUnderlying.reduce((sum, { amount }) => sum + amount, 0);
  const move = moves.get(byTicker.get(underlying) ?? others) ?? 0;
  const unseen = move * Math.sqrt(priceAgeSeconds / (horizonDays * SECONDS_PER_DAY));
  const shares = new Float64Array(lineCount);
  for (const { line, amount } of ofUnderlying) shares[line]! += Math.sign(net) * amount * unseen;
  const detail = `a move of ${unseen.toFixed(2)} % in ${priceAgeSeconds} seconds`;
  return charge({ code: 'PRICE_AGE', of: underlying, detail }, shares);
}
