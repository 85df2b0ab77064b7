/** Builds the rules for books from the plain numbers of a parameter set, and checks them together. */

import { CRYPTO_DELTA, CRYPTO_VEGA } from './bookSensitivities.js';
import type { BookSensitivityRules } from './bookSensitivityRules.js';
import type { BookRuleNumbers, BucketNumbers, Correlations } from './bookRuleNumbers.js';
import { correlationTable, type CorrelationTable } from './correlationTable.js';
import { curvatureScale } from './curvatureScale.js';
import type { Lookup } from './lookup.js';
import type { MeasureRules, RiskTypeRules, SensitivityRules } from './sensitivityRules.js';
import type { TenorVertex } from './tenorShares.js';

/** Numbers that do not fit together; the message names where. */
export class InvalidSensitivityRules extends RangeError {
  override readonly name = 'InvalidSensitivityRules';
}

/** Throws InvalidSensitivityRules, or InvalidCorrelations for a table no prices could have. */
export function bookRules(numbers: BookRuleNumbers): BookSensitivityRules {
  const { buckets, others, horizonDays, stresses } = numbers;
  if (!buckets.has(others)) throw new InvalidSensitivityRules(`others: no bucket «${others}»`);
  const base = { delta: across('delta', numbers), vega: across('vega', numbers) };
  const constant = (value: number) => ({ delta: { constant: value }, vega: { constant: value } });
  return {
    collateral: numbers.collateral,
    correlations: [
      { name: 'CALIBRATED', rules: aggregationRules(numbers, base) },
      ...stresses.map(({ name, acrossBuckets }) => ({
        name,
        rules: aggregationRules(numbers, constant(acrossBuckets)),
      })),
    ],
    byTicker: byTicker(buckets),
    others,
    moves: new Map([...buckets].map(([bucket, { move }]) => [bucket, move])),
    horizonDays,
    deltaTenors: numbers.delta.tenors,
    vegaTenors: numbers.vega.tenors,
    maintenanceShare: numbers.maintenanceShare,
  };
}

function byTicker(buckets: BookRuleNumbers['buckets']): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [bucket, { tickers }] of buckets) {
    for (const ticker of tickers) {
      if (all.has(ticker)) throw new InvalidSensitivityRules(`${ticker} is in two buckets`);
      all.set(ticker, bucket);
    }
  }
  return all;
}

type Across = Readonly<Record<'delta' | 'vega', MeasureRules['across']>>;

const across = (measure: 'delta' | 'vega', numbers: BookRuleNumbers) =>
  table(`${measure}.acrossBuckets`, [...numbers.buckets.keys()], numbers[measure].acrossBuckets);

const table = (what: string, names: readonly string[], pairs: Correlations): CorrelationTable =>
  correlationTable(what, names, (a, b) => pairs[a]?.[b]);

function aggregationRules(numbers: BookRuleNumbers, acrossBuckets: Across): SensitivityRules {
  const { delta, vega } = { delta: shape('delta', numbers), vega: shape('vega', numbers) };
  const riskClass = {
    DELTA: {
      ...delta,
      across: acrossBuckets.delta,
      riskTypes: new Map([[CRYPTO_DELTA, deltaType(numbers)]]),
    },
    VEGA: {
      ...vega,
      across: acrossBuckets.vega,
      riskTypes: new Map([[CRYPTO_VEGA, vegaType(numbers)]]),
    },
    CURVATURE: {
      ...vega,
      across: acrossBuckets.delta,
      riskTypes: new Map([[CRYPTO_VEGA, curvatureType(numbers)]]),
      // Gammas of one ticker all meet its one move, whenever they expire.
      within: { ...vega.within, tenors: null },
    },
  };
  return { riskClasses: new Map([['CRYPTO', riskClass]]), acrossClasses: { constant: 0 } };
}

function shape(
  measure: 'delta' | 'vega',
  { buckets, [measure]: { tenors, acrossTenors } }: BookRuleNumbers,
): Omit<MeasureRules, 'riskTypes' | 'across'> {
  const labels = tenors.map(({ label }) => label);
  const names = [...buckets].map(
    ([bucket, { otherNames }]) => [bucket, { same: 1, different: otherNames }] as const,
  );
  return {
    bucketBy: 'BUCKET',
    residual: null,
    concentrationBy: 'QUALIFIER',
    within: {
      names: { by: 'QUALIFIER', buckets: new Map(names), others: null },
      tenors: table(`${measure}.acrossTenors`, labels, acrossTenors),
      label2: 1,
      riskTypes: new Map(),
    },
    multiplier: 1,
  };
}

const TYPE = { isPair: false, excluded: new Set<string>() };

const deltaType = ({ buckets }: BookRuleNumbers): RiskTypeRules => ({
  ...TYPE,
  weight: byBucket(buckets, ({ move }) => move),
  scale: null,
  // Deltas are of a move of 1 %.
  threshold: byBucket(buckets, (bucket) => bucket.deltaConcentrationUsd / 100),
  labels: ['LABEL1'],
});

const vegaType = ({ buckets, vega }: BookRuleNumbers): RiskTypeRules => ({
  ...TYPE,
  weight: byBucketAndTenor(buckets, vega.tenors, (bucket, { label }, name) => {
    const weight = bucket.vegaWeights[label];
    if (weight !== undefined) return weight;
    throw new InvalidSensitivityRules(`buckets.${name}.vegaWeights: none for ${label}`);
  }),
  scale: null,
  threshold: byBucket(buckets, (bucket) => bucket.vegaConcentrationUsd),
  labels: ['LABEL1'],
});

const curvatureType = ({ buckets, vega, horizonDays }: BookRuleNumbers): RiskTypeRules => ({
  ...TYPE,
  weight: byBucketAndTenor(
    buckets,
    vega.tenors,
    (bucket, { days }) => bucket.curvatureMultiplier * curvatureScale(days, horizonDays),
  ),
  scale: null,
  threshold: null,
  labels: [],
});

const byBucket = (
  buckets: BookRuleNumbers['buckets'],
  value: (bucket: BucketNumbers) => number,
): Lookup => ({
  by: ['BUCKET'],
  grouping: null,
  values: new Map([...buckets].map(([name, bucket]) => [name, value(bucket)])),
});

const byBucketAndTenor = (
  buckets: BookRuleNumbers['buckets'],
  tenors: readonly TenorVertex[],
  value: (bucket: BucketNumbers, tenor: TenorVertex, name: string) => number,
): Lookup => ({
  by: ['BUCKET', 'LABEL1'],
  grouping: null,
  values: new Map(
    [...buckets].flatMap(([name, bucket]) =>
      tenors.map((tenor) => [`${name}|${tenor.label}`, value(bucket, tenor, name)] as const),
    ),
  ),
});
