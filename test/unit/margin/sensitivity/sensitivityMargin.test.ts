import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationTable } from '../../../../subgraphs/margin/domain/sensitivity/correlationTable.js';
import {
  curvatureMargin,
  rootMargin,
} from '../../../../subgraphs/margin/domain/sensitivity/measureMargin.js';
import type { Sensitivity } from '../../../../subgraphs/margin/domain/sensitivity/sensitivity.js';
import {
  marginOf,
  sensitivityMargin,
} from '../../../../subgraphs/margin/domain/sensitivity/sensitivityMargin.js';
import type { SensitivityRules } from '../../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { constant } from '../../../../subgraphs/margin/domain/sensitivity/lookup.js';
import { byBucket, plainMeasure, plainRules, sensitivity, vega } from './plainRules.js';

const margin = (rows: readonly Sensitivity[], rules: SensitivityRules) =>
  sensitivityMargin(rows, rules, 'CALL');

const deltaOf = (rows: readonly Sensitivity[], rules: SensitivityRules) =>
  margin(rows, rules).products.get('Product')?.riskClasses.get('Only')?.measures.get('DELTA');

/** Evenly spread, where doubles would nearly all be next to 0 and far from each other. */
const amounts = fc.integer({ min: -1000, max: 1000 });
const shares = fc.integer({ min: 0, max: 20 }).map((share) => share / 20);
const names = fc.constantFrom('x', 'y', 'z');
const deltas = (buckets: readonly string[]) =>
  fc.array(
    fc
      .tuple(fc.constantFrom(...buckets), names, amounts)
      .map(([bucket, name, amount]) => sensitivity(bucket, name, amount)),
    { maxLength: 12 },
  );
const vegas = fc.array(
  fc
    .tuple(fc.constantFrom('A', 'B', 'Residual'), names, amounts)
    .map(([bucket, name, amount]) => vega(bucket, name, amount)),
  { maxLength: 12 },
);
const correlations = fc.record({ rho: shares, gamma: shares });
const scaled = (rows: readonly Sensitivity[], factor: number) =>
  rows.map((row) => ({ ...row, amount: row.amount * factor }));

/** Rounding of roots of sums of squares, which may leave 10⁻¹⁶ of 10⁸ of nothing. */
const NEAR = 1e-4;

describe('the delta margin', () => {
  it('is 114.19 for (100, −40; ρ 0.9) and (60) with γ 0.7', () => {
    // K_A = √(100² + 40² − 2 × 0.9 × 100 × 40) = √4400 = 66.33; K_B = 60; S_A = S_B = 60.
    // √(4400 + 3600 + 2 × 0.7 × 60 × 60) = √13040 = 114.19.
    const rows = [
      sensitivity('A', 'x', 100),
      sensitivity('A', 'y', -40),
      sensitivity('B', 'z', 60),
    ];
    const delta = deltaOf(rows, plainRules({ rho: 0.9, gamma: 0.7 }));

    expect(delta?.amount).toBeCloseTo(Math.sqrt(13040), 10);
    expect(delta?.buckets.get('A')).toBeCloseTo(Math.sqrt(4400), 10);
    expect(delta?.buckets.get('B')).toBe(60);
  });

  it('holds a bucket’s sum within its own root before it meets other buckets', () => {
    // ρ −0.5 leaves K_A = √(3² + 4² − 12) = √13, below the sum of 7: it is √13 that meets the 2.
    const rows = [sensitivity('A', 'x', 3), sensitivity('A', 'y', 4), sensitivity('B', 'z', 2)];

    expect(deltaOf(rows, plainRules({ rho: -0.5, gamma: 1 }))?.amount).toBeCloseTo(
      Math.sqrt(13) + 2,
      10,
    );
  });

  it('adds the residual bucket, whatever the others are', () => {
    const rows = [sensitivity('A', 'x', 3), sensitivity('Residual', 'y', -4)];

    expect(deltaOf(rows, plainRules({ rho: 0, gamma: 1 }))?.amount).toBe(7);
  });

  it('raises the weight by the root of a position over the threshold, and hedges it less', () => {
    // 40 over 10 doubles the weight: 80. Its hedge, below the threshold, correlates by half of ρ 1:
    // √(80² + 10² − 2 × ½ × 80 × 10) = √5700.
    const rules = plainRules({ rho: 1, gamma: 0 }, { threshold: constant(10) });
    const rows = [sensitivity('A', 'x', 40), sensitivity('A', 'y', -10)];

    expect(deltaOf(rows.slice(0, 1), rules)?.amount).toBe(80);
    expect(deltaOf(rows, rules)?.amount).toBeCloseTo(Math.sqrt(5700), 10);
  });

  it('nets rows of one factor before it weighs them', () => {
    const rows = [5, 7, -9].map((amount) => sensitivity('A', 'x', amount));

    expect(deltaOf(rows, plainRules({ rho: 0, gamma: 0 }, { weight: constant(2) }))?.amount).toBe(
      6,
    );
  });

  it('leaves out what the rules exclude, such as the currency that it is counted in', () => {
    const rules = plainRules({ rho: 0, gamma: 0 }, { excluded: new Set(['x']) });
    const rows = [sensitivity('A', 'x', 100), sensitivity('A', 'y', 3)];

    expect(deltaOf(rows, rules)?.amount).toBe(3);
  });

  it('grows with the book where nothing is concentrated', () => {
    fc.assert(
      fc.property(
        deltas(['A', 'B', 'Residual']),
        correlations,
        fc.integer({ min: 0, max: 100 }),
        (rows, both, factor) => {
          const rules = plainRules(both);
          const { amount } = margin(rows, rules);

          expect(margin(scaled(rows, factor), rules).amount).toBeCloseTo(factor * amount, 3);
        },
      ),
    );
  });

  it('is the same for a book and its opposite', () => {
    fc.assert(
      fc.property(deltas(['A', 'B', 'Residual']), correlations, (rows, both) => {
        const rules = plainRules(both);

        expect(margin(scaled(rows, -1), rules).amount).toBe(margin(rows, rules).amount);
      }),
    );
  });

  it('is subadditive within a bucket', () => {
    fc.assert(
      fc.property(deltas(['A']), deltas(['A']), correlations, (one, other, both) => {
        const rules = plainRules(both);
        const apart = margin(one, rules).amount + margin(other, rules).amount;

        expect(margin([...one, ...other], rules).amount).toBeLessThanOrEqual(apart + NEAR);
      }),
    );
  });

  it('is at least the largest bucket and at most their sum, where none is short', () => {
    const longs = deltas(['A', 'B', 'C']).map((rows) =>
      rows.map((row) => ({ ...row, amount: Math.abs(row.amount) })),
    );
    fc.assert(
      fc.property(longs, correlations, (rows, both) => {
        const delta = deltaOf(rows, plainRules(both));
        const buckets = [...(delta?.buckets.values() ?? [])];

        expect(delta?.amount ?? 0).toBeGreaterThanOrEqual(Math.max(0, ...buckets) - NEAR);
        expect(delta?.amount ?? 0).toBeLessThanOrEqual(buckets.reduce((a, b) => a + b, 0) + NEAR);
      }),
    );
  });

  it('is nothing for a book in which everything nets', () => {
    fc.assert(
      fc.property(deltas(['A', 'B', 'Residual']), correlations, (rows, both) => {
        // Perfectly correlated names may round to just below nothing before the root.
        expect(margin([...rows, ...scaled(rows, -1)], plainRules(both)).amount).toBeLessThan(0.01);
      }),
    );
  });

  it('is 0, and not NaN, where rounding leaves a radicand below nothing', () => {
    const rows = [sensitivity('A', 'x', 0.1 + 0.2), sensitivity('A', 'y', -0.3)];
    const { amount, slopes } = margin(rows, plainRules({ rho: 1.0000001, gamma: 0 }));

    expect(amount).toBe(0);
    expect(Array.from(slopes)).toEqual([0, 0]);
  });
});

describe('the slopes of the margin', () => {
  const anyRows = fc.tuple(deltas(['A', 'B', 'Residual']), vegas).map((both) => both.flat());

  it('× amounts add up to it', () => {
    fc.assert(
      fc.property(anyRows, correlations, fc.constantFrom('CALL', 'POST'), (rows, both, side) => {
        const { amount, slopes } = sensitivityMargin(rows, plainRules(both), side);
        const total = rows.reduce((sum, row, i) => sum + row.amount * (slopes[i] ?? NaN), 0);

        expect(total).toBeCloseTo(amount, 3);
      }),
    );
  });

  it.each([
    ['sum', 100, -40],
    // The sum is −170 and the root √(100² + 70² + 2 × 0.5 × 7000) = 148.
    ['root, below which the sum is held', -100, -70],
  ])('are what the margin grows by as a sensitivity does, by a bucket’s %s', (_, x, y) => {
    const rules = plainRules({ rho: 0.5, gamma: 0.3 });
    const rows = [
      sensitivity('A', 'x', x),
      sensitivity('A', 'y', y),
      sensitivity('B', 'z', 60),
      sensitivity('Residual', 'r', -7),
    ];
    const { slopes } = margin(rows, rules);
    rows.forEach((row, i) => {
      const moved = (by: number) => rows.with(i, { ...row, amount: row.amount + by });
      const growth = margin(moved(1e-4), rules).amount - margin(moved(-1e-4), rules).amount;

      expect(slopes[i]).toBeCloseTo(growth / 2e-4, 6);
    });
  });
});

describe('the curvature margin', () => {
  // Weights of 1 make a vega its own curvature exposure. Φ⁻¹(0.995)² = 6.634897.
  const TAIL = 6.6348966010212145;
  const curvature = (rows: readonly Sensitivity[], side: 'CALL' | 'POST', rho = 0) =>
    sensitivityMargin(rows, plainRules({ rho, gamma: 0 }), side)
      .products.get('Product')
      ?.riskClasses.get('Only')
      ?.measures.get('CURVATURE')?.amount;

  it('of a gain is the square of the quantile times it, and of a loss nothing', () => {
    expect(curvature([vega('A', 'x', 10)], 'CALL')).toBeCloseTo(10 * TAIL, 8);
    expect(curvature([vega('A', 'x', 10)], 'POST')).toBe(0);
    expect(curvature([vega('A', 'x', -10)], 'POST')).toBeCloseTo(10 * TAIL, 8);
  });

  it('correlates by squares, and lowers λ as gains meet losses', () => {
    // CVR (30, −10), ρ² = 0.25: Σ = 20, θ = min(0, ½) = 0, K = √(900 + 100 − 150) = √850.
    const rows = [vega('A', 'x', 30), vega('A', 'y', -10)];

    expect(curvature(rows, 'CALL', 0.5)).toBeCloseTo(20 + (TAIL - 1) * Math.sqrt(850), 8);
    // Turned: Σ = −20, θ = −20/40 = −½, λ = (TAIL − 1)/2 + ½.
    const lambda = (TAIL - 1) / 2 + 0.5;
    expect(curvature(rows, 'POST', 0.5)).toBeCloseTo(-20 + lambda * Math.sqrt(850), 8);
  });

  it('is nothing of nothing, where θ is 0 ÷ 0, and does not grow', () => {
    const rows = [vega('A', 'x', 5), vega('A', 'x', -5)];

    expect(curvature(rows, 'CALL')).toBe(0);
    const margin = curvatureMargin(rows, plainMeasure('Vega', { rho: 0, gamma: 0 }), 'CALL');
    expect(Array.from(margin?.slopes ?? [])).toEqual([0, 0]);
  });

  it('of the residual bucket is measured by its own θ', () => {
    // The loss of A does not lower the λ of the residual gain.
    expect(curvature([vega('A', 'x', -10), vega('Residual', 'y', 10)], 'CALL')).toBeCloseTo(
      10 * TAIL,
      8,
    );
  });

  it('names the root of each ordinary bucket, and what the residual one adds', () => {
    // K of (3, −4) is √(3² + 4²); the residual gain of 10 adds its tail.
    const rows = [vega('A', 'x', 3), vega('A', 'y', -4), vega('Residual', 'z', 10)];
    const margin = curvatureMargin(rows, plainMeasure('Vega', { rho: 0, gamma: 0 }), 'CALL');

    expect(margin?.buckets).toEqual(
      new Map([
        ['A', 5],
        ['Residual', expect.closeTo(10 * TAIL, 8)],
      ]),
    );
  });

  it('and its slopes are multiplied by the multiplier of the measure', () => {
    const rules = { ...plainMeasure('Vega', { rho: 0, gamma: 0 }), multiplier: 5 };
    const margin = curvatureMargin([vega('A', 'x', -10)], rules, 'POST');

    expect(margin?.amount).toBeCloseTo(5 * 10 * TAIL, 8);
    expect(Array.from(margin?.slopes ?? [])).toEqual([expect.closeTo(-5 * TAIL, 10)]);
  });

  it('is none where no sensitivity belongs to the measure, as of delta and vega', () => {
    const rules = plainMeasure('Vega', { rho: 0, gamma: 0 });

    expect(curvatureMargin([sensitivity('A', 'x', 1)], rules, 'CALL')).toBeNull();
    expect(rootMargin([sensitivity('A', 'x', 1)], rules)).toBeNull();
  });
});

describe('sensitivityMargin', () => {
  const twoClasses: SensitivityRules = {
    riskClasses: new Map([
      ['One', { DELTA: plainMeasure('Delta', { rho: 0, gamma: 0 }) }],
      ['Two', { DELTA: plainMeasure('OtherDelta', { rho: 0, gamma: 0 }) }],
    ]),
    acrossClasses: { constant: 0.5 },
  };
  const other = (amount: number, productClass = 'Product') =>
    sensitivity('A', 'x', amount, { riskType: 'OtherDelta', productClass });

  it('diversifies risk classes, and adds product classes', () => {
    // √(3² + 5² + 2 × ½ × 3 × 5) = 7, and 4 of the other product.
    const rows = [sensitivity('A', 'x', 3), other(5), other(4, 'Another')];
    const { amount, products } = margin(rows, twoClasses);

    expect(products.get('Product')?.amount).toBe(7);
    expect(amount).toBe(11);
  });

  it('has only the risk classes that the product has sensitivities of', () => {
    const { products } = margin([sensitivity('A', 'x', 3), other(4, 'Another')], twoClasses);
    const names = [...products].map(([name, { riskClasses }]) => [name, ...riskClasses.keys()]);

    expect(names).toEqual([
      ['Product', 'One'],
      ['Another', 'Two'],
    ]);
  });

  it('refuses risk classes without a correlation', () => {
    const acrossClasses = correlationTable('classes', ['One', 'Three'], () => 0.5);
    const rows = [sensitivity('A', 'x', 3), other(5)];

    expect(() => margin(rows, { ...twoClasses, acrossClasses })).toThrow(
      'No correlation of the risk classes One and Two',
    );
  });

  it('has slopes through risk classes and product classes', () => {
    // Of √(x² + y² + x y) = 7 at (3, 5): (2x + y)/14 and (2y + x)/14; of 4 alone, 1.
    const rows = [sensitivity('A', 'x', 3), other(5), other(4, 'Another')];
    const { slopes } = margin(rows, twoClasses);

    for (const [i, slope] of [11 / 14, 13 / 14, 1].entries()) {
      expect(slopes[i]).toBeCloseTo(slope, 12);
    }
  });

  it('tabulates any slice of it', () => {
    const rows = [sensitivity('A', 'x', 3), other(5), other(4, 'Another')];
    const all = margin(rows, twoClasses);
    const slice = (productClass: string | null, riskClass: string | null) =>
      marginOf(all, twoClasses, { productClass, riskClass, measure: 'DELTA' });

    expect([slice(null, null), slice('Product', null), slice(null, 'Two')]).toEqual([11, 7, 9]);
    expect(
      marginOf(all, twoClasses, { productClass: null, riskClass: null, measure: 'VEGA' }),
    ).toBe(0);
  });

  it.each([
    ['a risk type', sensitivity('A', 'x', 1, { riskType: 'New' }), /New\/x\/A.*no such risk type/],
    ['a bucket', sensitivity('Z', 'x', 1), /Delta\/x\/Z.*no risk weight for «Z»/],
    ['an amount', sensitivity('A', 'x', NaN), /Delta\/x\/A.*amount NaN/],
    ['a size', sensitivity('A', 'x', 1e200), /Delta\/x\/A.*amount 1e\+200/],
  ])('refuses %s that it cannot weigh, and says which row', (_, row, message) => {
    const rules = plainRules({ rho: 0, gamma: 0 }, { weight: byBucket({ A: 1 }) });

    expect(() => margin([row], rules)).toThrow(message);
    expect(() => margin([row], rules)).toThrow(
      expect.objectContaining({ name: 'UnweighableSensitivity', sensitivity: row }),
    );
  });

  it('weighs amounts of up to 1e100', () => {
    const rules = plainRules({ rho: 0, gamma: 0 });

    expect(margin([sensitivity('A', 'x', -1e100)], rules).amount).toBe(1e100);
    expect(() => margin([sensitivity('A', 'x', 1.001e100)], rules)).toThrow(
      'Delta/x/A//: amount 1.001e+100 is not a finite number up to 1e100',
    );
  });

  it('is nothing of no sensitivities', () => {
    expect(margin([], plainRules({ rho: 0, gamma: 0 })).amount).toBe(0);
  });
});
