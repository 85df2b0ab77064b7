import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76 } from '../../../subgraphs/shared/pricing/black76.js';
import { spotGreeks, type SpotOption } from '../../../subgraphs/shared/pricing/spotGreeks.js';

const share: SpotOption = {
  type: 'CALL',
  spot: 42,
  strike: 40,
  rate: 0.1,
  yield: 0,
  years: 0.5,
  volatility: 0.2,
};

describe('spotGreeks', () => {
  it('gives the textbook option', () => {
    // J. Hull, "Options, Futures, and Other Derivatives", example 15.6: d1 = 0.7693,
    // N(d1) = 0.7791, call 4.76, put 0.81.
    const call = spotGreeks(share);

    expect(call.value).toBeCloseTo(4.76, 2);
    expect(call.delta).toBeCloseTo(0.7791, 4);
    expect(spotGreeks({ ...share, type: 'PUT' }).value).toBeCloseTo(0.81, 2);
  });

  it.each([
    { field: 'spot', value: 0 },
    { field: 'rate', value: NaN },
    { field: 'rate', value: 1000 },
    { field: 'yield', value: -1000 },
    { field: 'years', value: Infinity },
  ])('refuses a $field of $value, naming it', ({ field, value }) => {
    expect(() => spotGreeks({ ...share, [field]: value })).toThrow(
      expect.objectContaining({ name: 'InvalidPricingInput', field }) as Error,
    );
  });
});

const options = fc.record({
  type: fc.constantFrom('CALL' as const, 'PUT' as const),
  spot: fc.double({ min: 50, max: 200, noNaN: true }),
  strike: fc.double({ min: 50, max: 200, noNaN: true }),
  rate: fc.double({ min: -0.05, max: 0.2, noNaN: true }),
  yield: fc.double({ min: 0, max: 0.2, noNaN: true }),
  years: fc.double({ min: 0.05, max: 3, noNaN: true }),
  volatility: fc.double({ min: 0.2, max: 2, noNaN: true }),
});

const value = ({ spot, rate, yield: paid, years, ...option }: SpotOption) =>
  black76({
    ...option,
    years,
    forward: spot * Math.exp((rate - paid) * years),
    discount: Math.exp(-rate * years),
  });

describe('spotGreeks, for any option', () => {
  it('agrees with what moving each input does to the value', () => {
    fc.assert(
      fc.property(options, (option) => {
        const greeks = spotGreeks(option);
        const slope = (field: 'spot' | 'rate' | 'years' | 'volatility', step: number) =>
          (value({ ...option, [field]: option[field] + step }) -
            value({ ...option, [field]: option[field] - step })) /
          (2 * step);

        expect(greeks.value).toBe(value(option));
        expect(slope('spot', 1e-3)).toBeCloseTo(greeks.delta, 6);
        expect(slope('rate', 1e-4)).toBeCloseTo(greeks.rho, 3);
        expect(slope('volatility', 1e-4)).toBeCloseTo(greeks.vega, 3);
        expect(-slope('years', 1e-5)).toBeCloseTo(greeks.theta, 3);
        const deltaAt = (by: number) => spotGreeks({ ...option, spot: option.spot + by }).delta;
        expect((deltaAt(1e-3) - deltaAt(-1e-3)) / 2e-3).toBeCloseTo(greeks.gamma, 6);
      }),
    );
  });
});
