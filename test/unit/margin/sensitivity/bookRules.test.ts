import { describe, expect, it } from 'vitest';
import type { BookRuleNumbers } from '../../../../subgraphs/margin/domain/sensitivity/bookRuleNumbers.js';
import {
  bookRules,
  InvalidSensitivityRules,
} from '../../../../subgraphs/margin/domain/sensitivity/bookRules.js';
import { correlationOf } from '../../../../subgraphs/margin/domain/sensitivity/correlationTable.js';
import {
  CRYPTO_DELTA,
  CRYPTO_VEGA,
} from '../../../../subgraphs/margin/domain/sensitivity/bookSensitivities.js';
import { lookUp } from '../../../../subgraphs/margin/domain/sensitivity/lookup.js';
import { sensitivityParametersNamed } from '../../../../subgraphs/margin/parameters/sensitivityParameters.js';
import { sensitivity } from './plainRules.js';

/** Two buckets, two tenors of deltas and two of vegas, a margin period of two days. */
const NUMBERS: BookRuleNumbers = {
  collateral: {
    countedIn: 'USD',
    byAsset: new Map(),
    others: { maintenanceHaircut: 0.3, initialHaircut: 0.1, isRiskCancellingOf: null },
  },
  horizonDays: 2,
  maintenanceShare: 0.8,
  buckets: new Map([
    [
      'MAJOR',
      {
        tickers: ['BTC', 'ETH'],
        move: 16,
        deltaConcentrationUsd: 5000,
        vegaWeights: { '1d': 1, '8d': 0.5 },
        vegaConcentrationUsd: 400,
        curvatureMultiplier: 3,
        otherNames: 0.9,
      },
    ],
    [
      'OTHERS',
      {
        tickers: [],
        move: 40,
        deltaConcentrationUsd: 700,
        vegaWeights: { '1d': 1.5, '8d': 0.75 },
        vegaConcentrationUsd: 60,
        curvatureMultiplier: 4,
        otherNames: 0.5,
      },
    ],
  ]),
  others: 'OTHERS',
  delta: {
    tenors: [
      { label: '0d', days: 0 },
      { label: '1m', days: 30 },
    ],
    acrossTenors: { '0d': { '1m': 0.99 } },
    acrossBuckets: { MAJOR: { OTHERS: 0.6 } },
  },
  vega: {
    tenors: [
      { label: '1d', days: 1 },
      { label: '8d', days: 8 },
    ],
    acrossTenors: { '1d': { '8d': 0.7 } },
    acrossBuckets: { MAJOR: { OTHERS: 0.55 } },
  },
  stresses: [
    { name: 'TOGETHER', acrossBuckets: 1 },
    { name: 'APART', acrossBuckets: 0 },
  ],
};

/** What a table of two names with one correlation comes to. */
const pairTable = (names: readonly string[], correlation: number) => ({
  names,
  matrix: [Float64Array.of(1, correlation), Float64Array.of(correlation, 1)],
});

/** Of the numbers above, under some correlations across buckets. */
function classRules(deltaAcross: object, vegaAcross: object) {
  const names = {
    by: 'QUALIFIER',
    buckets: new Map([
      ['MAJOR', { same: 1, different: 0.9 }],
      ['OTHERS', { same: 1, different: 0.5 }],
    ]),
    others: null,
  };
  const within = { names, label2: 1, riskTypes: new Map() };
  const shape = { bucketBy: 'BUCKET', residual: null, concentrationBy: 'QUALIFIER', multiplier: 1 };
  const type = { scale: null, isPair: false, excluded: new Set() };
  const byBucket = (major: number, others: number) => ({
    by: ['BUCKET'],
    grouping: null,
    values: new Map([
      ['MAJOR', major],
      ['OTHERS', others],
    ]),
  });
  const byTenor = (values: Readonly<Record<string, number>>) => ({
    by: ['BUCKET', 'LABEL1'],
    grouping: null,
    values: new Map(Object.entries(values)),
  });
  // A hundredth of the positions' thresholds: deltas are of a move of 1 %.
  const deltaType = {
    ...type,
    weight: byBucket(16, 40),
    threshold: byBucket(50, 7),
    labels: ['LABEL1'],
  };
  const vegaType = {
    ...type,
    weight: byTenor({ 'MAJOR|1d': 1, 'MAJOR|8d': 0.5, 'OTHERS|1d': 1.5, 'OTHERS|8d': 0.75 }),
    threshold: byBucket(400, 60),
    labels: ['LABEL1'],
  };
  // The multiplier × ½ × what two days are of the tenor: all of one day, a quarter of eight.
  const curvatureType = {
    ...type,
    weight: byTenor({ 'MAJOR|1d': 1.5, 'MAJOR|8d': 0.375, 'OTHERS|1d': 2, 'OTHERS|8d': 0.5 }),
    threshold: null,
    labels: [],
  };
  return {
    DELTA: {
      ...shape,
      across: deltaAcross,
      riskTypes: new Map([['Risk_Crypto', deltaType]]),
      within: { ...within, tenors: pairTable(['0d', '1m'], 0.99) },
    },
    VEGA: {
      ...shape,
      across: vegaAcross,
      riskTypes: new Map([['Risk_CryptoVol', vegaType]]),
      within: { ...within, tenors: pairTable(['1d', '8d'], 0.7) },
    },
    CURVATURE: {
      ...shape,
      across: deltaAcross,
      riskTypes: new Map([['Risk_CryptoVol', curvatureType]]),
      within: { ...within, tenors: null },
    },
  };
}

const measures = (name: string) => {
  const { rules } = sensitivityParametersNamed('sensitivity-1');
  const found = rules.correlations.find((each) => each.name === name);
  const riskClass = found?.rules.riskClasses.get('CRYPTO');
  if (riskClass?.DELTA === undefined || riskClass.VEGA === undefined) throw new Error('no measure');
  if (riskClass.CURVATURE === undefined) throw new Error('no curvature');
  return { delta: riskClass.DELTA, vega: riskClass.VEGA, curvature: riskClass.CURVATURE };
};
const row = sensitivity('ETH', 'ETH', 1, { label1: '1m' });

describe('bookRules', () => {
  it('are one risk class of deltas, vegas and curvatures under each of the correlations', () => {
    const buckets = ['MAJOR', 'OTHERS'];
    const calibrated = classRules(pairTable(buckets, 0.6), pairTable(buckets, 0.55));
    const stressed = (constant: number) => classRules({ constant }, { constant });
    const named = (name: string, riskClass: object) => ({
      name,
      rules: { riskClasses: new Map([['CRYPTO', riskClass]]), acrossClasses: { constant: 0 } },
    });

    expect(bookRules(NUMBERS).correlations).toEqual([
      named('CALIBRATED', calibrated),
      named('TOGETHER', stressed(1)),
      named('APART', stressed(0)),
    ]);
  });

  it('keep the plain numbers, and find buckets by ticker and moves by bucket', () => {
    const { correlations, ...plain } = bookRules(NUMBERS);

    expect(correlations).toHaveLength(3);
    expect(plain).toEqual({
      collateral: NUMBERS.collateral,
      byTicker: new Map([
        ['BTC', 'MAJOR'],
        ['ETH', 'MAJOR'],
      ]),
      others: 'OTHERS',
      moves: new Map([
        ['MAJOR', 16],
        ['OTHERS', 40],
      ]),
      horizonDays: 2,
      deltaTenors: NUMBERS.delta.tenors,
      vegaTenors: NUMBERS.vega.tenors,
      maintenanceShare: 0.8,
    });
  });

  it('refuse a bucket of others that is none', () => {
    const refused = () => bookRules({ ...NUMBERS, others: 'NONE' });

    expect(refused).toThrow(InvalidSensitivityRules);
    expect(refused).toThrow(
      expect.objectContaining({
        name: 'InvalidSensitivityRules',
        message: 'others: no bucket «NONE»',
      }),
    );
  });

  it('weigh deltas by bucket, with thresholds for a move of 1 %', () => {
    const type = measures('CALIBRATED').delta.riskTypes.get(CRYPTO_DELTA);
    if (type?.threshold == null) throw new Error('no threshold');

    // 120 million USD move by 1.2 million.
    expect(lookUp(type.weight, row, 'weight')).toBe(20);
    expect(lookUp(type.threshold, row, 'threshold')).toBe(1_200_000);
  });

  it('weigh vegas by bucket and tenor', () => {
    const type = measures('CALIBRATED').vega.riskTypes.get(CRYPTO_VEGA);
    if (type?.threshold == null) throw new Error('no threshold');

    expect(lookUp(type.weight, row, 'weight')).toBe(0.49);
    expect(lookUp(type.threshold, row, 'threshold')).toBe(12_000_000);
  });

  it('make curvature of vegas by tenor, raised to the variance of stress', () => {
    const type = measures('CALIBRATED').curvature.riskTypes.get(CRYPTO_VEGA);
    if (type === undefined) throw new Error('no curvature');

    // 2.7 × ½ × 2 days ÷ 30.4167.
    expect(lookUp(type.weight, row, 'weight')).toBeCloseTo((2.7 * 0.5 * 2) / 30.4167, 10);
  });

  it('correlate deltas, vegas and curvatures each by their own tables', () => {
    const { delta, vega, curvature } = measures('CALIBRATED');
    const across = [delta, vega, curvature].map((each) => correlationOf(each.across, 'BTC', 'ETH'));
    const tenors = [delta, vega].map(
      ({ within }) => within.tenors && correlationOf(within.tenors, '1m', '3m'),
    );

    expect(across).toEqual([0.85, 0.8, 0.85]);
    // 0.995 × (1 + 0.25/48) ÷ √((1 + 0.25/144)(1 + 0.25/16)), and (⅓)^0.15.
    expect(tenors).toEqual([0.992, 0.848]);
  });

  it('correlate all buckets alike under stress', () => {
    for (const [name, expected] of [
      ['TOGETHER', 1],
      ['APART', 0],
    ] as const) {
      const { delta: deltas, vega: vegas } = measures(name);
      const between = [deltas, vegas].map((each) => correlationOf(each.across, 'BTC', 'OTHERS'));
      expect(between).toEqual([expected, expected]);
    }
  });

  it('place tickers in buckets', () => {
    const { rules } = sensitivityParametersNamed('sensitivity-1');

    expect(['BTC', 'SOL', 'USDT'].map((ticker) => rules.byTicker.get(ticker))).toEqual([
      'BTC',
      'LARGE_LAYER_ONE',
      'STABLE',
    ]);
    expect([rules.others, rules.horizonDays, rules.maintenanceShare]).toEqual(['OTHERS', 2, 0.8]);
  });
});
