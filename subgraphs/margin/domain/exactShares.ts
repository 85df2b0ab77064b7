/** Splits an exact amount over lines, so that the parts sum to it to the last digit. */

import { isZero, subtract, sum, toFloat, usdFromFloat, type Usd } from '../../shared/units.js';

/** Sums of float64 are this far off, relative to the sizes of what they add. */
const ROUNDING = 1e-12;

/**
 * One share per weight, in their order.
 *
 * - Weights that sum to the total, but for rounding, are the shares: such as gains and losses.
 * - Weights of one sign split it in proportion.
 * - Weights of both signs each get what they miss of the total in proportion to their sizes: their
 *   sum may be next to nothing, and would make a factor without bounds.
 *
 * Shares are cut to 10⁻⁸ dollars; the weight furthest from zero, the first of equals, takes what is
 * left. Throws RangeError for a weight that is not finite, and for a total without weights.
 */
export function exactShares(total: Usd, weights: readonly number[] | Float64Array): Usd[] {
  const all = Array.from(weights);
  if (all.length === 0) return nothingOf(total);
  const shares = sharesOf(toFloat(total), all).map(usdFromFloat);
  const furthest = all.reduce(
    (best, weight, i) => (Math.abs(weight) > Math.abs(all[best] ?? 0) ? i : best),
    0,
  );
  const others = sum(shares.filter((_, i) => i !== furthest));
  return shares.with(furthest, subtract(total, others));
}

/** Not a number where a weight is not finite. */
function sharesOf(total: number, weights: readonly number[]): readonly number[] {
  const size = weights.reduce((sizes, weight) => sizes + Math.abs(weight), 0);
  const whole = weights.reduce((added, weight) => added + weight, 0);
  const missing = total - whole;
  if (Math.abs(missing) <= size * ROUNDING || size === 0) return weights;
  // A weight over their size is at most 1, where the total over their size might be infinite.
  const isOneSided = Math.abs(whole) === size;
  return weights.map((weight) =>
    isOneSided ? total * (Math.abs(weight) / size) : weight + missing * (Math.abs(weight) / size),
  );
}

function nothingOf(total: Usd): Usd[] {
  if (!isZero(total)) throw new RangeError('An amount cannot be split over no lines');
  return [];
}
