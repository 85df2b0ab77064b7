/** What an option's Black-76 value does when each of its inputs moves a little, in float64. */

import { black76, requirePriceable, standardDeviation, type EuropeanOption } from './black76.js';
import { normalCdf, normalDensity } from './normalDistribution.js';

/**
 * Per unit of the underlying, in the currency of the strike, discounted as the value is. The
 * forward stands still where only time or the rate moves.
 */
export interface BlackGreeks {
  readonly value: number;
  /** ∂value/∂forward; in −1…1 times the discount, negative for a put. */
  readonly delta: number;
  /** ∂²value/∂forward²; at least 0. */
  readonly gamma: number;
  /** ∂value/∂volatility, per 1.00 of volatility; at least 0. */
  readonly vega: number;
  /** What the value gains as a year passes (−∂value/∂years); mostly negative. */
  readonly theta: number;
  /** ∂value/∂rate, per 1.00, of the rate behind the discount, −ln(discount)/years; at most 0. */
  readonly rho: number;
}

/**
 * The value and its Greeks.
 *
 * An option that can move no more (expired, or without volatility) keeps the limits: its delta is
 * that of the forward or nothing, half of it exactly at the money; its gamma there, which has no
 * limit, is 0. An expired option has neither vega, theta nor rho. Every answer is finite.
 * Throws InvalidPricingInput, naming the field, as `black76` does.
 */
export function blackGreeks(option: EuropeanOption): BlackGreeks {
  requirePriceable(option);
  const { forward, volatility, discount } = option;
  const years = Math.max(option.years, 0);
  const value = black76(option);
  const [d1, deviation] = [upperDeviate(option), standardDeviation(option)];

  // The value moves by this with σ√T, whose own derivatives make vega and theta.
  const perDeviation = discount * forward * normalDensity(d1);
  const side = option.type === 'CALL' ? 1 : -1;
  const spread = forward * deviation;
  return {
    value,
    delta: discount * side * normalCdf(side * d1),
    gamma: spread < SMALLEST_SPREAD ? 0 : (discount * normalDensity(d1)) / spread,
    vega: perDeviation * Math.sqrt(years),
    // The value earns the rate behind the discount, and loses what it had to gain from moves.
    theta:
      years < SHORTEST_LIFE
        ? 0
        : 0 -
          (Math.log(discount) * value) / years -
          (perDeviation * volatility) / (2 * Math.sqrt(years)),
    rho: 0 - years * value,
  };
}

/** Below it the density over it may overflow; no price moves so little. */
const SMALLEST_SPREAD = 1e-100;

/** In years, far below a nanosecond: no rate is read from so short a time. */
const SHORTEST_LIFE = 1e-20;

/** d₁ of Black's formula; ±∞ where exercising is certain one way or the other. */
function upperDeviate(option: EuropeanOption): number {
  const { forward, strike } = option;
  const deviation = standardDeviation(option);
  // At the money without deviation, and between two zeros, the quotient would be no number.
  if (forward === strike) return deviation / 2;
  return Math.log(forward / strike) / deviation + deviation / 2;
}
