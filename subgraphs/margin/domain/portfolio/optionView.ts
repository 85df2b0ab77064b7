/**
 * The volatility that an option is revalued with: the one known, else a bound that is the worse for
 * its holder. Source: domain.md §8, missing volatility.
 */

import { black76 } from '../../../shared/pricing/black76.js';
import { isPositive, toFloat } from '../../../shared/units.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { ValuedOption } from '../account/valuedPosition.js';
import type { ExpiryCurve } from '../risk/riskBook.js';
import type { Note } from './exposure.js';
import { optionTerms, type OptionTerms } from './optionTerms.js';
import { optionVolatility, type KnownVolatility } from './optionVolatility.js';
import { PositionError } from './positionError.js';

export interface OptionView extends KnownVolatility {
  /**
   * USD by which equity counts more than the model does: the mark of a long option over its bound,
   * or the bound of a short one over its mark. Required in addition, so that a volatility which
   * nobody gives never helps. Zero unless a bound stands in.
   */
  readonly unvouchedValue: number;
}

/**
 * Throws PositionError for a short option of which nothing tells the volatility, where the parameter
 * set has none for it; InvalidPricingInput for one that has no price.
 *
 * @param bound See `InputLimits.missingVolatility`.
 */
export function optionView(
  option: ValuedOption,
  curve: ExpiryCurve,
  market: MarketSnapshot,
  bound: number | null,
  note: Note,
): OptionView {
  const { instrument, markPrice } = option;
  const terms = optionTerms(instrument, curve);
  const known = optionVolatility(instrument, terms, toFloat(markPrice), market);
  if (curve.seconds === 0) {
    note('DEGRADED', `${instrument.id} has expired: what exercising pays stands in.`);
  } else if (known === null) {
    const reason = `The price of ${instrument.id} implies no volatility: the worse bound stands in.`;
    note('DEGRADED', reason);
  } else {
    return { ...known, unvouchedValue: 0 };
  }
  const volatility = isPositive(option.position.size) || curve.seconds === 0 ? 0 : bound;
  if (volatility === null) throw new PositionError(instrument.id, 'nothing tells its volatility');
  return { volatility, confidence: 0, unvouchedValue: unvouchedValue(option, terms, volatility) };
}

function unvouchedValue(
  { position, instrument, markPrice }: ValuedOption,
  terms: OptionTerms,
  volatility: number,
): number {
  const units = toFloat(position.size) * toFloat(instrument.contractMultiplier);
  return Math.max(0, units * (toFloat(markPrice) - black76({ ...terms, volatility })));
}
