import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sviVolatility, type SviSlice } from '../../../subgraphs/shared/pricing/sviSlice.js';
import {
  surfaceVolatility,
  volatilitySurface,
} from '../../../subgraphs/shared/pricing/volatilitySurface.js';

/** The same total variance at every strike. */
const flat = (years: number, a: number): SviSlice => ({
  years,
  forward: 100,
  a,
  b: 0,
  rho: 0,
  m: 0,
  sigma: 0,
});

const near = flat(0.25, 0.04); // 40 %
const far = flat(1, 0.36); // 60 %
const surface = volatilitySurface([far, near]);
const place = { forward: 100, strike: 120 };

describe('surfaceVolatility', () => {
  it('adds variance evenly in the time between two expiries', () => {
    // A third of the way from 0.25 to 1 is 0.5: 0.04 + 0.32 / 3 = 0.14667, √(0.14667 / 0.5).
    expect(surfaceVolatility(surface, { ...place, years: 0.5 })).toBeCloseTo(0.5416025603, 10);
  });

  it.each([
    { years: 0.01, volatility: 0.4 },
    { years: 0.25, volatility: 0.4 },
    { years: 1, volatility: 0.6 },
    { years: 9, volatility: 0.6 },
  ])('is $volatility at $years years: flat before the first and after the last', (row) => {
    const found = surfaceVolatility(surface, { ...place, years: row.years });
    expect(found).toBeCloseTo(row.volatility, 15);
  });

  it('follows log-moneyness, not the strike, where forwards differ', () => {
    const smile = { ...near, b: 0.1, sigma: 0.1 };
    const found = surfaceVolatility(volatilitySurface([smile]), {
      years: 0.25,
      forward: 200,
      strike: 240,
    });
    expect(found).toBe(sviVolatility(smile, 120));
  });

  it('is null once expired, and where no slice is known', () => {
    expect(surfaceVolatility(surface, { ...place, years: 0 })).toBeNull();
    expect(surfaceVolatility(volatilitySurface([]), { ...place, years: 1 })).toBeNull();
  });

  it.each([
    { field: 'years', value: NaN },
    { field: 'forward', value: 0 },
    { field: 'strike', value: 0 },
  ])('refuses a $field of $value, naming it', ({ field, value }) => {
    expect(() => surfaceVolatility(surface, { ...place, years: 1, [field]: value })).toThrow(
      expect.objectContaining({ name: 'InvalidPricingInput', field }) as Error,
    );
  });

  it('refuses two slices of one expiry, and a bad one', () => {
    expect(() => volatilitySurface([near, near])).toThrow('years');
    expect(() => volatilitySurface([flat(1, -0.1)])).toThrow('a: ');
  });

  it('never loses variance with time, for any expiries that do not', () => {
    const gains = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 });
    const years = fc.double({ min: 0.01, max: 20, noNaN: true });
    fc.assert(
      fc.property(gains, years, years, (added, one, other) => {
        let total = 0;
        const rising = volatilitySurface(
          added.map((gain, index) => flat(index + 1, (total += gain))),
        );
        const variance = (at: number) =>
          (surfaceVolatility(rising, { ...place, years: at }) ?? NaN) ** 2 * at;
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(variance(late)).toBeGreaterThanOrEqual(variance(early) * (1 - 1e-14));
      }),
    );
  });
});
