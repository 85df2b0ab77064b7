/** The volatility at which Black's formula gives a price, in float64. */

import { black76, requirePriceable, type EuropeanOption } from './black76.js';
import { requireFinite } from './invalidPricingInput.js';
import { normalDensity } from './normalDistribution.js';

/**
 * The volatility, a year, at which `black76` is worth `price`; 0 for what exercising pays, to
 * rounding. Null where no volatility, or every one, would do: below what exercising pays, from the
 * discounted forward (call) or strike (put) upward, once expired, or on a forward or strike of 0.
 * As exact as the price is: what lies in the digits beyond what exercising pays.
 * Throws InvalidPricingInput, naming the field.
 */
export function impliedVolatility(
  option: Omit<EuropeanOption, 'volatility'>,
  price: number,
): number | null {
  requirePriceable({ ...option, volatility: 0 });
  requireFinite('price', price);
  const { type, forward, strike, years, discount } = option;
  if (years <= 0) return null;

  const paid = Math.max(type === 'CALL' ? forward - strike : strike - forward, 0);
  // The premium of the twin out of the money, which has the same volatility and all of the digits.
  const premium = price / discount - paid;
  const rounding = ROUNDINGS * Number.EPSILON * paid;
  if (premium < -rounding || premium >= Math.min(forward, strike)) return null;
  if (premium <= rounding) return 0;
  return impliedDeviation(forward, strike, premium) / Math.sqrt(years);
}

/** How often the price of an option in the money has been rounded on its way here, at least. */
const ROUNDINGS = 4;

/** Newton's method takes some eight steps, more in the far tails; halving the bracket takes 60. */
const STEPS_MAX = 200;

/**
 * σ√T of a premium out of the money, by Newton's method in a bracket. It works on the logarithm of
 * the premium, or of what the premium lacks to its bound where that is nearer: both are almost
 * straight where the premium itself is flat.
 */
function impliedDeviation(forward: number, strike: number, premium: number): number {
  const bound = Math.min(forward, strike);
  const distance = Math.abs(Math.log(forward / strike));
  const isNearBound = premium > bound / 2;
  let low = 0;
  // The whole of the distribution, to 1e-23, lies in the money from here on.
  let high = 10 + Math.sqrt(100 + 2 * distance);
  // Where the premium rises fastest; at the money, where its tangent at 0 reaches it.
  let deviation = Math.max(Math.sqrt(2 * distance), (2.5 * premium) / bound);

  for (let step = 0; step < STEPS_MAX; step++) {
    const reached = twinPremium(forward, strike, deviation);
    if (reached < premium) low = deviation;
    else high = deviation;
    const slope = bound * normalDensity(distance / deviation - deviation / 2);
    const change = isNearBound
      ? (Math.log((bound - premium) / (bound - reached)) * (bound - reached)) / slope
      : (Math.log(reached / premium) * reached) / slope;
    const newton = deviation - change;
    if (Math.abs(newton - deviation) <= Number.EPSILON * deviation) return deviation;
    // What is not a number is not between them either.
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === low || next === high) return deviation;
    deviation = next;
  }
  return deviation;
}

/** Of the call above the forward or the put below. */
const twinPremium = (forward: number, strike: number, deviation: number) =>
  black76({
    type: forward < strike ? 'CALL' : 'PUT',
    forward,
    strike,
    volatility: deviation,
    years: 1,
    discount: 1,
  });
