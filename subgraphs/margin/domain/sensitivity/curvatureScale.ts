/** What the margin period makes of a volatility: the scale of vega and curvature, and λ. */

/** Φ⁻¹(0.99). */
const WEIGHT_QUANTILE = 2.3263478740408408;

/**
 * The volatility, in the unit of the weight, a year, that a risk weight stands for: the weight is a
 * move of the horizon that one in a hundred exceeds.
 *
 * @param horizonDays Calendar days of the margin period: 14 of ten working days.
 */
export const weightVolatility = (riskWeight: number, horizonDays: number): number =>
  (riskWeight * Math.sqrt(365 / horizonDays)) / WEIGHT_QUANTILE;

/** Φ⁻¹(0.995), squared. */
const TAIL_SQUARED = 2.5758293035489004 ** 2;

/**
 * SF(t) = ½ min(1, horizon ÷ t): what turns a vega × volatility into half a gamma × the variance of
 * the horizon.
 *
 * @param days Until expiry; above 0.
 * @param horizonDays As above.
 */
export const curvatureScale = (days: number, horizonDays: number): number =>
  0.5 * Math.min(1, horizonDays / days);

/**
 * λ(θ) = (Φ⁻¹(0.995)² − 1)(1 + θ) − θ with θ = min(0, Σ ÷ Σ|·|): from 1 where all curvature gains,
 * to 5.63 where none does. θ is 0 of no curvature at all, where the fraction is 0 ÷ 0.
 */
export function curvatureLambda(sum: number, absoluteSum: number): number {
  const theta = absoluteSum === 0 ? 0 : Math.min(0, sum / absoluteSum);
  return (TAIL_SQUARED - 1) * (1 + theta) - theta;
}

const DAYS = { d: 1, w: 7, m: 365 / 12, y: 365 } as const;

/** Days of a tenor such as 2w, 3m or 10y, of years of 365 days. Throws RangeError on other text. */
export function tenorDays(tenor: string): number {
  const read = /^(\d{1,3})([dwmy])$/.exec(tenor);
  const days = Number(read?.[1]) * DAYS[(read?.[2] ?? 'd') as keyof typeof DAYS];
  if (!(days > 0)) throw new RangeError(`Not a tenor such as 3m: ${tenor}`);
  return days;
}
