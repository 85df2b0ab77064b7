/**
 * What initial margin adds where prices are in doubt: an oracle whose sources disagree, a stablecoin
 * below its peg. Source: Derive's standard manager, oracle and depeg contingencies.
 */

import {
  isLess,
  isPositive,
  isZero,
  ratio,
  subtract,
  usd,
  usdCeil,
  type Price,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import { lineCharge, type ExactRequirement } from './exactRequirement.js';
import { placeOf } from './placeOf.js';
import type { StandardBalance, StandardPosition } from './standardPosition.js';
import type { ConfidenceRules, DepegRules, StandardRules } from './standardRules.js';

const NOTHING = usd('0');
const SURE = ratio('1');

/** One charge for each doubt; none for a long option, which cannot lose more than it is worth. */
export function positionDoubts(
  position: StandardPosition,
  { confidence, depeg }: StandardRules,
): readonly ExactRequirement[] {
  if (position.kind === 'OPTION' && isPositive(position.units)) return [];
  const { line, exposure } = position;
  const of = placeOf(line);
  return [
    lineCharge({ code: 'CONFIDENCE', of }, confidenceCharge(position, exposure, confidence), line),
    lineCharge({ code: 'DEPEG', of }, depegCharge(position.settlementPrice, exposure, depeg), line),
  ].filter(isCharged);
}

/** A charge on what is held; what is owed is counted in full already. */
export const balanceDoubts = (
  balance: StandardBalance,
  { confidence }: StandardRules,
): readonly ExactRequirement[] => {
  const { line, marketValue } = balance;
  const held = isPositive(marketValue) ? marketValue : NOTHING;
  const charge = confidenceCharge(balance, held, confidence);
  return [lineCharge({ code: 'CONFIDENCE', of: placeOf(line) }, charge, line)].filter(isCharged);
};

const isCharged = ({ part }: ExactRequirement) => !isZero(part.amount);

function confidenceCharge(
  { confidence }: { readonly confidence: Ratio },
  exposure: Usd,
  rules: ConfidenceRules | null,
): Usd {
  if (rules === null || !isLess(confidence, rules.threshold)) return NOTHING;
  return usdCeil([exposure, subtract(SURE, confidence), rules.factor]);
}

function depegCharge(settlementPrice: Price, exposure: Usd, rules: DepegRules | null): Usd {
  if (rules === null || !isLess(settlementPrice, rules.threshold)) return NOTHING;
  return usdCeil([exposure, subtract(rules.threshold, settlementPrice), rules.factor]);
}
