import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  sviSlice,
  sviTotalVariance,
  sviVolatility,
  type SviSlice,
} from '../../../subgraphs/shared/pricing/sviSlice.js';

const smile: SviSlice = {
  years: 0.25,
  forward: 100,
  a: 0.04,
  b: 0.4,
  rho: -0.5,
  m: 0,
  sigma: 0.3,
};

describe('sviSlice', () => {
  it('gives total variance and volatility by the raw formula', () => {
    // At k = 0.4: 0.04 + 0.4 × (−0.5 × 0.4 + √(0.16 + 0.09)) = 0.04 + 0.4 × 0.3 = 0.16,
    // and √(0.16 / 0.25) = 80 %.
    const slice = sviSlice(smile);

    expect(sviTotalVariance(slice, 0.4)).toBeCloseTo(0.16, 15);
    expect(sviVolatility(slice, 100 * Math.exp(0.4))).toBeCloseTo(0.8, 14);
  });

  it('gives a strike of 0 no volatility, for no price depends on it', () => {
    expect(sviVolatility(smile, 0)).toBe(0);
  });

  // The least variance is a + 0.4 × 0.3 × √0.75 = a + 0.1039.
  it.each([
    { field: 'years', value: 0 },
    { field: 'forward', value: 0 },
    { field: 'a', value: -0.104 },
    { field: 'a', value: NaN },
    { field: 'b', value: -0.1 },
    { field: 'rho', value: 1.01 },
    { field: 'rho', value: NaN },
    { field: 'm', value: Infinity },
    { field: 'sigma', value: -0.1 },
  ])('refuses a $field of $value, naming it', ({ field, value }) => {
    expect(() => sviSlice({ ...smile, [field]: value })).toThrow(
      expect.objectContaining({ name: 'InvalidPricingInput', field }) as Error,
    );
  });

  it.each([-1, NaN, Infinity])('has no volatility at a strike of %d', (strike) => {
    expect(() => sviVolatility(smile, strike)).toThrow('strike');
  });

  it('takes a level below 0 as long as no variance is', () => {
    expect(sviSlice({ ...smile, a: -0.1039 }).a).toBe(-0.1039);
  });
});

const numbers = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const slices = fc
  .record({
    years: numbers(0.001, 3),
    forward: numbers(0.01, 1e6),
    above: numbers(0, 1),
    b: numbers(0, 2),
    rho: numbers(-1, 1),
    m: numbers(-1, 1),
    sigma: numbers(0, 2),
  })
  .map(({ above, ...slice }) => {
    const least = slice.b * slice.sigma * Math.sqrt(1 - slice.rho * slice.rho);
    return { ...slice, a: above - least };
  });

describe('sviSlice, for any slice', () => {
  it('has no negative variance, and is convex', () => {
    const place = numbers(-20, 20);
    fc.assert(
      fc.property(slices, place, place, (drawn, one, other) => {
        fc.pre(drawn.a + drawn.b * drawn.sigma * Math.sqrt(1 - drawn.rho * drawn.rho) >= 0);
        const variance = (k: number) => sviTotalVariance(sviSlice(drawn), k);
        expect(variance(one)).toBeGreaterThanOrEqual(0);
        const middle = variance((one + other) / 2);
        expect(middle).toBeLessThanOrEqual((variance(one) + variance(other)) / 2 + 1e-12);
      }),
    );
  });
});
