/**
 * The two nested square roots: within each bucket, then across buckets. Homogeneous of degree one
 * in the weighted sensitivities, so slope × weighted sensitivity adds up to the root (Euler).
 */

import { correlationOf, type CorrelationTable } from './correlationTable.js';
import { UnweighableSensitivity } from './sensitivity.js';
import type { MeasureRules } from './sensitivityRules.js';
import type { Factor } from './weightedFactors.js';
import { withinCorrelation } from './withinCorrelation.js';

/** One bucket's own root, K_b = √(Σ Σ ρ f WS WS). */
export interface BucketRoot {
  readonly bucket: string;
  /** Places of its factors. */
  readonly members: readonly number[];
  /** USD, at least 0. */
  readonly amount: number;
  /** ∂amount/∂WS of each member; 0 where the amount is 0. */
  readonly slopes: Float64Array;
  /** Σ WS. */
  readonly sum: number;
}

export interface NestedRoot {
  /** USD, at least 0. */
  readonly amount: number;
  /** ∂amount/∂WS by factor, of all factors given; 0 of those in no bucket given. */
  readonly slopes: Float64Array;
}

/** The root of each bucket, in the order of its first factor. `power` 2 squares correlations. */
export function bucketRoots(
  factors: readonly Factor[],
  rules: MeasureRules,
  power: 1 | 2,
): readonly BucketRoot[] {
  const members = new Map<string, number[]>();
  factors.forEach(({ bucket }, place) => {
    const places = members.get(bucket);
    if (places === undefined) members.set(bucket, [place]);
    else places.push(place);
  });
  return [...members].map(([bucket, places]) => bucketRoot(bucket, places, factors, rules, power));
}

function bucketRoot(
  bucket: string,
  members: readonly number[],
  factors: readonly Factor[],
  rules: MeasureRules,
  power: 1 | 2,
): BucketRoot {
  const pulls = new Float64Array(members.length);
  let [radicand, sum] = [0, 0];
  for (const [i, place] of members.entries()) {
    const factor = factors[place]!;
    let pull = 0;
    for (const other of members) {
      const correlation = other === place ? 1 : correlated(factor, factors[other]!, rules) ** power;
      pull += correlation * factors[other]!.weighted;
    }
    pulls[i] = pull;
    radicand += factor.weighted * pull;
    sum += factor.weighted;
  }
  // Rounding may leave a perfect hedge just below nothing.
  const amount = Math.sqrt(Math.max(radicand, 0));
  const slopes = pulls.map((pull) => (amount === 0 ? 0 : pull / amount));
  return { bucket, members, amount, slopes, sum };
}

/** ρ × f: two names that are concentrated differently hedge each other less. */
function correlated(a: Factor, b: Factor, rules: MeasureRules): number {
  const correlation = withinCorrelation(a, b, rules.within);
  if (rules.concentrationBy === 'BUCKET') return correlation;
  return correlation * likeness(a.concentration, b.concentration);
}

/** f and g of the concentrations of two names or buckets: 1 when alike. */
const likeness = (a: number, b: number) => Math.min(a, b) / Math.max(a, b);

/** √(Σ K² + Σ Σ γ g S S), with S_b the bucket's sum held within ±K_b. */
export function acrossRoot(
  buckets: readonly BucketRoot[],
  factors: readonly Factor[],
  rules: MeasureRules,
  concentration: ReadonlyMap<string, number>,
  power: 1 | 2,
): NestedRoot {
  const sums = buckets.map(({ amount, sum }) => Math.min(Math.max(sum, -amount), amount));
  const pulls = buckets.map(({ bucket }, b) =>
    buckets.reduce((pull, other, c) => {
      if (b === c) return pull;
      const gamma = across(rules.across, bucket, other.bucket, factors, buckets[b]!) ** power;
      const alike = likeness(concentration.get(bucket) ?? 1, concentration.get(other.bucket) ?? 1);
      return pull + gamma * alike * sums[c]!;
    }, 0),
  );
  const radicand = buckets.reduce((r, { amount }, b) => r + amount ** 2 + sums[b]! * pulls[b]!, 0);
  const amount = Math.sqrt(Math.max(radicand, 0));
  const slopes = new Float64Array(factors.length);
  if (amount === 0) return { amount, slopes };
  buckets.forEach((bucket, b) => {
    bucket.members.forEach((place, i) => {
      const ownSlope = bucket.slopes[i]!;
      const sumSlope = sums[b] === bucket.sum ? 1 : Math.sign(bucket.sum) * ownSlope;
      slopes[place] = (bucket.amount * ownSlope + pulls[b]! * sumSlope) / amount;
    });
  });
  return { amount, slopes };
}

function across(
  table: CorrelationTable | { readonly constant: number },
  a: string,
  b: string,
  factors: readonly Factor[],
  root: BucketRoot,
): number {
  const value = correlationOf(table, a, b);
  if (value !== null) return value;
  const row = { productClass: '', amount: 0, ...factors[root.members[0]!]! };
  throw new UnweighableSensitivity(row, `no correlation of buckets «${a}» and «${b}»`);
}
