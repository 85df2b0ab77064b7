import { describe, expect, it } from 'vitest';
import { correlationTable } from '../../../../subgraphs/margin/domain/sensitivity/correlationTable.js';
import {
  constant,
  groupOf,
  type Lookup,
} from '../../../../subgraphs/margin/domain/sensitivity/lookup.js';
import { rootMargin } from '../../../../subgraphs/margin/domain/sensitivity/measureMargin.js';
import type {
  MeasureRules,
  NameRules,
} from '../../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { byBucket, plainMeasure, plainType, sensitivity } from './plainRules.js';

const curve = (currency: string, tenor: string, amount: number, label2 = '') =>
  sensitivity('', currency, amount, { riskType: 'Curve', label1: tenor, label2 });
const inflation = (currency: string, amount: number) =>
  sensitivity('', currency, amount, { riskType: 'Inflation' });

/** As rates are: one bucket a currency, weights by group and tenor, concentration of the whole. */
const rates: MeasureRules = {
  ...plainMeasure('', { rho: NaN, gamma: 0.5 }),
  riskTypes: new Map([
    [
      'Curve',
      plainType({
        weight: {
          by: ['GROUP', 'LABEL1'],
          grouping: { groups: new Map([['JPY', 'low']]), others: 'high' },
          values: new Map([
            ['high|1y', 2],
            ['high|5y', 3],
            ['low|1y', 1],
          ]),
        },
        labels: ['LABEL1', 'LABEL2'],
        threshold: constant(100),
      }),
    ],
    ['Inflation', plainType({ threshold: constant(100) })],
    ['Basis', plainType()],
  ]),
  bucketBy: 'QUALIFIER',
  concentrationBy: 'BUCKET',
  within: {
    names: { by: 'QUALIFIER', buckets: new Map(), others: { same: 1, different: NaN } },
    tenors: correlationTable('tenors', ['1y', '5y'], () => 0.5),
    label2: 0.9,
    riskTypes: new Map([['Curve|Inflation', 0.25]]),
  },
};
const marginOf = (rows: Parameters<typeof rootMargin>[0], rules: MeasureRules) =>
  rootMargin(rows, rules)?.amount;

describe('rows of a curve', () => {
  it('are weighed by the group of their currency and their tenor', () => {
    expect(marginOf([curve('USD', '1y', 10)], rates)).toBe(20);
    expect(marginOf([curve('USD', '5y', 10)], rates)).toBe(30);
    expect(marginOf([curve('JPY', '1y', 10)], rates)).toBe(10);
  });

  it('correlate by tenor, and by curve', () => {
    // (20, −30) at ½: √(400 + 900 − 600). (20, −20) of two curves at 0.9: √(800 − 720).
    const tenors = [curve('USD', '1y', 10), curve('USD', '5y', -10)];
    const curves = [curve('USD', '1y', 10, 'a'), curve('USD', '1y', -10, 'b')];
    // (20, −30) of two tenors and two curves: ½ × 0.9.
    const both = [curve('USD', '1y', 10, 'a'), curve('USD', '5y', -10, 'b')];

    expect(marginOf(tenors, rates)).toBeCloseTo(Math.sqrt(700), 10);
    expect(marginOf(curves, rates)).toBeCloseTo(Math.sqrt(80), 10);
    expect(marginOf(both, rates)).toBeCloseTo(Math.sqrt(1300 - 540), 10);
  });

  it('correlate with other risk types by one number, or cannot be weighed', () => {
    // (20, 8) at ¼: √(400 + 64 + 80).
    const rows = [curve('USD', '1y', 10), inflation('USD', 8)];

    expect(marginOf(rows, rates)).toBeCloseTo(Math.sqrt(544), 10);
    const basis = sensitivity('', 'USD', 1, { riskType: 'Basis' });
    expect(() => marginOf([...rows, basis], rates)).toThrow('no correlation of «Basis|Curve»');
  });

  it('make one bucket a currency, which correlate with each other', () => {
    // √(20² + 10² + 2 × ½ × 20 × 10).
    const rows = [curve('USD', '1y', 10), curve('JPY', '1y', 10)];

    expect(marginOf(rows, rates)).toBeCloseTo(Math.sqrt(700), 10);
    expect([...(rootMargin(rows, rates)?.buckets.keys() ?? [])]).toEqual(['USD', 'JPY']);
  });

  it('concentrate together with what shares their threshold, and hedge other currencies less', () => {
    // 300 + 100 over 100 doubles both weights: (1200, 200) at ¼.
    const usd = [curve('USD', '1y', 300), inflation('USD', 100)];
    const own = 1200 ** 2 + 200 ** 2 + 0.5 * 1200 * 200;

    expect(marginOf(usd, rates)).toBeCloseTo(Math.sqrt(own), 9);
    // JPY is not concentrated: γ is halved, and S of USD is held within K.
    const both = own + 10 ** 2 + 2 * 0.5 * 0.5 * Math.sqrt(own) * 10;
    expect(marginOf([...usd, curve('JPY', '1y', 10)], rates)).toBeCloseTo(Math.sqrt(both), 9);
  });

  it('have slopes that take concentration for given', () => {
    const margin = rootMargin([curve('USD', '1y', 400)], rates);

    // Weight 2, doubled: 4 USD for each.
    expect(margin?.amount).toBe(1600);
    expect(Array.from(margin?.slopes ?? [])).toEqual([4]);
  });

  it('at a tenor that the rules do not know cannot be weighed', () => {
    expect(() => marginOf([curve('USD', '7y', 1)], rates)).toThrow(
      'Curve/USD//7y/: no risk weight for «high|7y»',
    );
  });

  it('at a tenor that has a weight and no correlation cannot be weighed either', () => {
    const tenors = correlationTable('tenors', ['1y'], () => undefined);
    const rules = { ...rates, within: { ...rates.within, tenors } };

    expect(() => marginOf([curve('USD', '1y', 10), curve('USD', '5y', 1)], rules)).toThrow(
      'Curve/USD/USD/1y/: no correlation of tenor «5y»',
    );
  });

  it('are told apart by their own labels, and other rows by none', () => {
    const rows = [curve('USD', '1y', 10, 'a'), { ...inflation('USD', 8), label1: '1y' }];
    const common = { bucket: 'USD', qualifier: 'USD', concentration: 1 };

    expect(rootMargin(rows, rates)?.factors).toEqual([
      { ...common, riskType: 'Curve', label1: '1y', label2: 'a', weighted: 20 },
      { ...common, riskType: 'Inflation', label1: '', label2: '', weighted: 8 },
    ]);
  });
});

describe('pairs of currencies', () => {
  const grouping = { groups: new Map([['BRL', '2']]), others: '1' };
  const byGroup: Lookup = {
    by: ['GROUP'],
    grouping,
    values: new Map([
      ['1|1', 1],
      ['1|2', 10],
    ]),
  };
  const pairs: MeasureRules = {
    ...plainMeasure('', { rho: 0.5, gamma: 0 }),
    riskTypes: new Map([
      ['Pair', plainType({ weight: byGroup, scale: constant(3), isPair: true })],
    ]),
    bucketBy: 'WHOLE',
  };
  const pair = (qualifier: string, amount: number) =>
    sensitivity('anything', qualifier, amount, { riskType: 'Pair' });

  it('are the same in either order', () => {
    expect(marginOf([pair('USDBRL', 5), pair('BRLUSD', -3)], pairs)).toBe(2 * 10 * 3);
    expect(groupOf(grouping, 'BRLUSD')).toBe('1|2');
    expect(groupOf(grouping, 'BRL')).toBe('2');
  });

  it('are two currencies of three letters, and nothing longer', () => {
    expect([groupOf(grouping, 'USDTBRL'), groupOf(grouping, 'USDBRLX')]).toEqual(['1', '1']);
  });

  it('have slopes of weight × scale', () => {
    // 10 × 3 USD for each unit of an amount.
    expect(Array.from(rootMargin([pair('USDBRL', 5)], pairs)?.slopes ?? [])).toEqual([30]);
  });

  it('cannot be weighed by group where the rules have none', () => {
    const weight: Lookup = { ...byGroup, grouping: null };
    const rules = { ...pairs, riskTypes: new Map([['Pair', plainType({ weight })]]) };

    expect(() => marginOf([pair('USDBRL', 5)], rules)).toThrow('the rules have no groups');
  });

  it('all share one bucket', () => {
    // (15, 12) at ½, whatever bucket a row names: √(225 + 144 + 180).
    const rows = [pair('EURUSD', 5), { ...pair('GBPUSD', 4), bucket: 'other' }];

    expect(marginOf(rows, pairs)).toBeCloseTo(Math.sqrt(549), 10);
    expect([...(rootMargin(rows, pairs)?.buckets.keys() ?? [])]).toEqual(['']);
  });

  it('may correlate by the groups of both', () => {
    const names: NameRules = {
      by: 'GROUP',
      grouping,
      correlations: new Map([['1|2', -0.5]]),
    };
    const single: MeasureRules = {
      ...pairs,
      riskTypes: new Map([['Pair', plainType()]]),
      within: { ...pairs.within, names },
    };

    // √(3² + 5² − 15); a currency with itself is netted.
    expect(marginOf([pair('BRL', 3), pair('EUR', 4), pair('EUR', 1)], single)).toBeCloseTo(
      Math.sqrt(19),
      10,
    );
    expect(() => marginOf([pair('GBP', 3), pair('EUR', 5)], single)).toThrow(
      'no correlation of groups «1|1»',
    );
  });

  it('correlate in full with themselves at another tenor, whatever their group', () => {
    const names: NameRules = { by: 'GROUP', grouping, correlations: new Map() };
    const single: MeasureRules = {
      ...pairs,
      riskTypes: new Map([['Pair', plainType({ labels: ['LABEL1'] })]]),
      within: { ...pairs.within, names },
    };
    const rows = [pair('EUR', 3), { ...pair('EUR', 4), label1: '5y' }];

    expect(marginOf(rows, single)).toBe(7);
  });
});

describe('names of credit', () => {
  const credit = (by: 'QUALIFIER' | 'LABEL2'): MeasureRules => ({
    ...plainMeasure('Delta', { rho: NaN, gamma: 0 }, { labels: ['LABEL1', 'LABEL2'] }),
    within: {
      names: {
        by,
        buckets: new Map([['Residual', { same: 0.25, different: 0 }]]),
        others: { same: 0.8, different: 0.2 },
      },
      tenors: null,
      label2: 1,
      riskTypes: new Map(),
    },
  });
  const row = (name: string, label1: string, label2: string, bucket = 'A') =>
    sensitivity(bucket, name, 10, { label1, label2 });

  it('correlate more with themselves, by issuer or by group', () => {
    // √(200 + 2 × ρ × 100).
    const sameIssuer = [row('x', '1y', 'a'), row('x', '1y', 'b')];
    const sameGroup = [row('x', '1y', 'a'), row('y', '1y', 'a')];

    expect(marginOf(sameIssuer, credit('QUALIFIER'))).toBeCloseTo(Math.sqrt(360), 10);
    expect(marginOf(sameGroup, credit('QUALIFIER'))).toBeCloseTo(Math.sqrt(240), 10);
    expect(marginOf(sameIssuer, credit('LABEL2'))).toBeCloseTo(Math.sqrt(240), 10);
    expect(marginOf(sameGroup, credit('LABEL2'))).toBeCloseTo(Math.sqrt(360), 10);
  });

  it('have other correlations in the buckets that list their own', () => {
    const residual = [row('x', '1y', 'a', 'Residual'), row('x', '5y', 'a', 'Residual')];

    expect(marginOf(residual, credit('QUALIFIER'))).toBeCloseTo(Math.sqrt(250), 10);
  });

  it('cannot be weighed together in a bucket without correlations', () => {
    const rules = credit('QUALIFIER');
    const names: NameRules = { by: 'QUALIFIER', buckets: new Map(), others: null };
    const unknown = { ...rules, within: { ...rules.within, names } };
    const sameIssuer = [row('x', '1y', 'a'), row('x', '5y', 'a')];
    const twoIssuers = [row('x', '1y', 'a'), row('y', '1y', 'a')];

    for (const rows of [sameIssuer, twoIssuers]) {
      expect(() => marginOf(rows, unknown)).toThrow('Delta/x/A/1y/a: no correlation of bucket «A»');
    }
  });
});

it('multiplies the whole by the multiplier of the measure', () => {
  const rules = { ...plainMeasure('Delta', { rho: 0, gamma: 0 }), multiplier: 5 };
  const margin = rootMargin([sensitivity('A', 'x', -2)], rules);

  expect(margin?.amount).toBe(10);
  expect(Array.from(margin?.slopes ?? [])).toEqual([-5]);
});

it('refuses a threshold that is not above nothing, and buckets without a correlation', () => {
  const rows = [sensitivity('A', 'x', 1), sensitivity('B', 'x', 1)];
  const zero = plainMeasure('Delta', { rho: 0, gamma: 0 }, { threshold: constant(0) });
  const across = correlationTable('buckets', ['A', 'C'], () => 0.5);
  const unknown = { ...plainMeasure('Delta', { rho: 0, gamma: 0 }), across };

  expect(() => marginOf(rows, zero)).toThrow('threshold 0 is not above 0');
  expect(() => marginOf(rows, unknown)).toThrow(
    expect.objectContaining({
      message: 'Delta/x/A//: no correlation of buckets «A» and «B»',
      sensitivity: expect.objectContaining({ productClass: '', bucket: 'A' }) as unknown,
    }),
  );
});

it.each([
  ['risk weight', { weight: byBucket({ A: 1 }) }],
  ['scale', { scale: byBucket({ A: 1 }) }],
  ['concentration threshold', { threshold: byBucket({ A: 1 }) }],
])('refuses a bucket without a %s, and says so', (what, table) => {
  const rules = plainMeasure('Delta', { rho: 0, gamma: 0 }, table);

  expect(() => marginOf([sensitivity('B', 'x', 1)], rules)).toThrow(
    `Delta/x/B//: no ${what} for «B»`,
  );
});
