/** How each line of an underlying moves with its price. */

import { blackGreeks } from '../../../shared/pricing/blackGreeks.js';
import type { ExpiryCurve, FutureRisk, OptionRisk, UnderlyingRisk } from '../risk/riskBook.js';
import { europeanOption } from './europeanOption.js';

/**
 * A line's first and second order, when every price of the underlying (index, marks and forwards)
 * moves by the same number of dollars.
 */
export interface LineDelta {
  /** Its place in `RiskBook.lines`. */
  readonly line: number;
  readonly kind: 'FUTURE' | 'OPTION' | 'COLLATERAL';
  /** Whether coins settle it: inverse futures. */
  readonly isInverse: boolean;
  /** Place in the underlying's `expiries`; null for a perpetual and for collateral. */
  readonly expiry: number | null;
  /** Units of the underlying, negative when short. */
  readonly delta: number;
  /** Units of the underlying per dollar that it moves, negative when short options; 0 without any. */
  readonly gamma: number;
}

/**
 * Futures, then options, then the collateral that hedges; other collateral moves with nothing here.
 * Throws InvalidPricingInput, naming the field, for an option that has no price.
 */
export const lineDeltas = ({
  futures,
  options,
  expiries,
  collateral,
}: UnderlyingRisk): readonly LineDelta[] => [
  ...futures.map(futureDelta),
  ...options.map((option) => optionDelta(option, expiries[option.expiry]!)),
  ...collateral
    .filter(({ isRiskCancelling }) => isRiskCancelling)
    .map(({ line, quantity }) => ({
      line,
      kind: 'COLLATERAL' as const,
      isInverse: false,
      expiry: null,
      delta: quantity,
      gamma: 0,
    })),
];

function futureDelta(future: FutureRisk): LineDelta {
  const { line, contract, quantity, mark, pointValue, expiry } = future;
  const isInverse = contract === 'INVERSE';
  // An inverse contract's dollars, paid in coins, come back as a profit of N·(P/mark − 1) dollars.
  const units = isInverse ? quantity / mark : quantity;
  return { line, kind: 'FUTURE', isInverse, expiry, delta: units * pointValue, gamma: 0 };
}

function optionDelta(option: OptionRisk, curve: ExpiryCurve) {
  const { line, quantity, expiry } = option;
  const { forward, forwardFixed } = curve;
  const { delta, gamma } = blackGreeks(europeanOption(option, curve));
  // The part that has settled already moves no more.
  const moving = forward.price > 0 ? 1 - forwardFixed / forward.price : 0;
  return {
    line,
    kind: 'OPTION' as const,
    isInverse: false,
    expiry,
    delta: quantity * delta * moving,
    gamma: quantity * gamma * moving * moving,
  };
}
