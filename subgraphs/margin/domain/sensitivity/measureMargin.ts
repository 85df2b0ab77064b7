/** The margin of one measure of one risk class: delta, vega, base correlation, or curvature. */

import { curvatureLambda } from './curvatureScale.js';
import { acrossRoot, bucketRoots, type BucketRoot, type NestedRoot } from './nestedRoot.js';
import type { Sensitivity } from './sensitivity.js';
import type { MeasureRules } from './sensitivityRules.js';
import { weightedFactors, type Factor, type WeightedFactors } from './weightedFactors.js';

export interface MeasureMargin {
  /** USD, at least 0. */
  readonly amount: number;
  /** What each bucket would need alone (K), by its name; of the residual one, what it adds. */
  readonly buckets: ReadonlyMap<string, number>;
  readonly factors: readonly Factor[];
  /** See `Sloped`. */
  readonly slopes: Float64Array;
}

/** Whose loss it covers: CALL what we may lose as the book gains, POST what the other side may. */
export type Side = 'CALL' | 'POST';

/** Null when no sensitivity belongs to the measure. Throws UnweighableSensitivity. */
export function rootMargin(
  sensitivities: readonly Sensitivity[],
  rules: MeasureRules,
): MeasureMargin | null {
  const weighted = weightedFactors(sensitivities, rules);
  const { factors, bucketConcentration } = weighted;
  if (factors.length === 0) return null;
  const buckets = bucketRoots(factors, rules, 1);
  const { residual, others } = split(buckets, rules);
  const root = acrossRoot(others, factors, rules, bucketConcentration, 1);
  const alone = residual === null ? null : ofResidual(residual, factors.length);
  const amount = rules.multiplier * (root.amount + (alone?.amount ?? 0));
  const slopes = root.slopes.map(
    (slope, i) => rules.multiplier * (slope + (alone?.slopes[i] ?? 0)),
  );
  return result(weighted, buckets, amount, slopes, sensitivities.length);
}

/**
 * Σ CVR + λ √(…ρ², γ²…), not below 0, of the ordinary buckets and of the residual one apart. A
 * curvature that gains where the other side loses is positive, so POST turns the signs.
 */
export function curvatureMargin(
  given: readonly Sensitivity[],
  rules: MeasureRules,
  side: Side,
): MeasureMargin | null {
  const sign = side === 'CALL' ? 1 : -1;
  const sensitivities = given.map((each) => ({ ...each, amount: sign * each.amount }));
  const weighted = weightedFactors(sensitivities, rules);
  const { factors, bucketConcentration } = weighted;
  if (factors.length === 0) return null;
  const buckets = bucketRoots(factors, rules, 2);
  const { residual, others } = split(buckets, rules);
  const root = acrossRoot(others, factors, rules, bucketConcentration, 2);
  const parts = [tail(others, root, factors)];
  if (residual !== null) {
    const alone = tail([residual], ofResidual(residual, factors.length), factors);
    parts.push(alone);
    others.push({ ...residual, amount: alone.amount });
  }
  const amount = rules.multiplier * parts.reduce((total, part) => total + part.amount, 0);
  const slopes = new Float64Array(factors.length).map(
    (_, i) => sign * rules.multiplier * parts.reduce((slope, part) => slope + part.slopes[i]!, 0),
  );
  return result(weighted, others, amount, slopes, given.length);
}

function split(buckets: readonly BucketRoot[], { residual: name }: MeasureRules) {
  const residual = buckets.find(({ bucket }) => bucket === name);
  return { residual: residual ?? null, others: buckets.filter((each) => each !== residual) };
}

function ofResidual({ amount, members, slopes }: BucketRoot, factorCount: number): NestedRoot {
  const all = new Float64Array(factorCount);
  members.forEach((place, i) => (all[place] = slopes[i]!));
  return { amount, slopes: all };
}

/** λ counts as a constant in the slopes: it depends on shares of the whole only. */
function tail(
  buckets: readonly BucketRoot[],
  root: NestedRoot,
  factors: readonly Factor[],
): NestedRoot {
  const members = buckets.flatMap((bucket) => bucket.members);
  const sum = members.reduce((total, place) => total + factors[place]!.weighted, 0);
  const absolute = members.reduce((total, place) => total + Math.abs(factors[place]!.weighted), 0);
  const lambda = curvatureLambda(sum, absolute);
  const amount = sum + lambda * root.amount;
  const slopes = new Float64Array(factors.length);
  if (amount <= 0) return { amount: 0, slopes };
  for (const place of members) slopes[place] = 1 + lambda * root.slopes[place]!;
  return { amount, slopes };
}

function result(
  { factors, rows }: WeightedFactors,
  buckets: readonly BucketRoot[],
  amount: number,
  slopes: Float64Array,
  rowCount: number,
): MeasureMargin {
  const ofRows = new Float64Array(rowCount);
  for (const { row, factor, multiplier } of rows) ofRows[row] = slopes[factor]! * multiplier;
  return {
    amount,
    buckets: new Map(buckets.map((each) => [each.bucket, each.amount])),
    factors,
    slopes: ofRows,
  };
}
