import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76, type EuropeanOption } from '../../../subgraphs/shared/pricing/black76.js';
import { blackGreeks } from '../../../subgraphs/shared/pricing/blackGreeks.js';
import { InvalidPricingInput } from '../../../subgraphs/shared/pricing/invalidPricingInput.js';

const bitcoinCall: EuropeanOption = {
  type: 'CALL',
  forward: 70_000,
  strike: 75_000,
  volatility: 0.6,
  years: 30 / 365,
  discount: 1,
};

describe('blackGreeks', () => {
  it('gives those of a call on bitcoin a month ahead', () => {
    // By 40-digit arithmetic from d1 = -0.3150765... and n(d1) = 0.379626...; rate 0, so that
    // theta = -vega × 0.6 / (2 × 30/365) and rho = -30/365 × value.
    const { value, delta, gamma, vega, theta, rho } = blackGreeks(bitcoinCall);

    expect(value).toBeCloseTo(2862.36, 2);
    expect(delta).toBeCloseTo(0.376351, 6);
    expect(gamma).toBeCloseTo(3.15275e-5, 10);
    expect(vega).toBeCloseTo(7618.42, 2);
    expect(theta).toBeCloseTo((-7618.42 * 0.6 * 365) / 60, 0);
    expect(rho).toBeCloseTo((-30 / 365) * 2862.36, 2);
  });

  it('gives a call at the money a little more than half of the forward', () => {
    // d1 is half of the deviation, 0.2 × √1 / 2, and Φ(0.1) = 0.539827837277029.
    const option = { ...bitcoinCall, strike: 70_000, volatility: 0.2, years: 1, discount: 0.5 };
    expect(blackGreeks(option).delta).toBeCloseTo(0.5 * 0.539827837277029, 14);
  });

  it('lets the value grow at the rate as time passes', () => {
    // At a volatility of almost nothing the call is 100 × e^(−0.05 × 2) and grows by 5 % a year.
    const years = 2;
    const option: EuropeanOption = {
      type: 'CALL',
      forward: 200,
      strike: 100,
      volatility: 1e-9,
      years,
      discount: Math.exp(-0.05 * years),
    };

    expect(blackGreeks(option).theta).toBeCloseTo(0.05 * 100 * Math.exp(-0.1), 12);
  });

  it.each([
    { at: 130, delta: 0.5 },
    { at: 100, delta: 0.25 },
    { at: 70, delta: 0 },
  ])('gives an expired call the delta $delta × discount at $at', ({ at, delta }) => {
    const expired = { ...bitcoinCall, forward: at, strike: 100, years: -1, discount: 0.5 };

    expect(blackGreeks(expired)).toEqual({
      value: 0.5 * Math.max(at - 100, 0),
      delta,
      gamma: 0,
      vega: 0,
      theta: 0,
      rho: 0,
    });
  });

  it.each([
    { what: 'a strike of 0', forward: 50, strike: 0, call: 1, put: 0 },
    { what: 'a forward of 0', forward: 0, strike: 50, call: 0, put: -1 },
  ])('is certain of what exercising does on $what', ({ forward, strike, call, put }) => {
    const option = { ...bitcoinCall, forward, strike };

    expect(blackGreeks(option)).toMatchObject({ delta: call, gamma: 0, vega: 0 });
    expect(Math.abs(blackGreeks({ ...option, type: 'PUT' }).delta - put)).toBe(0);
  });

  it.each([
    { field: 'forward', value: NaN },
    { field: 'forward', value: -1 },
    { field: 'strike', value: Infinity },
    { field: 'volatility', value: -0.1 },
    { field: 'volatility', value: NaN },
    { field: 'years', value: Infinity },
    { field: 'years', value: NaN },
    { field: 'discount', value: 0 },
  ])('refuses a $field of $value, naming it', ({ field, value }) => {
    const refused = (price: (option: EuropeanOption) => unknown) => {
      try {
        price({ ...bitcoinCall, [field]: value });
        return null;
      } catch (error) {
        return error instanceof InvalidPricingInput ? error.field : error;
      }
    };

    expect([refused(black76), refused(blackGreeks)]).toEqual([field, field]);
  });
});

const anyPrice = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e40, noNaN: true }));
const anyOption = fc.record({
  type: fc.constantFrom('CALL' as const, 'PUT' as const),
  forward: anyPrice,
  strike: anyPrice,
  volatility: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })),
  years: fc.double({ min: -1, max: 1e3, noNaN: true }),
  discount: fc.double({ min: 1e-40, max: 1e3, noNaN: true }),
});

const marketOption = fc.record({
  type: fc.constantFrom('CALL' as const, 'PUT' as const),
  forward: fc.double({ min: 50, max: 200, noNaN: true }),
  strike: fc.double({ min: 50, max: 200, noNaN: true }),
  volatility: fc.double({ min: 0.2, max: 2, noNaN: true }),
  years: fc.double({ min: 0.05, max: 3, noNaN: true }),
  discount: fc.double({ min: 0.5, max: 1, noNaN: true }),
});

/** Central difference of the value, with an error of about the square of the step. */
const slope = (value: (shift: number) => number, step: number) =>
  (value(step) - value(-step)) / (2 * step);

describe('blackGreeks, for any option', () => {
  it('is finite, and its value never negative', () => {
    fc.assert(
      fc.property(anyOption, (option) => {
        const greeks = blackGreeks(option);
        expect(Object.values(greeks).filter((greek) => !Number.isFinite(greek))).toEqual([]);
        expect(greeks.value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('agrees with what moving each input does to the value', () => {
    fc.assert(
      fc.property(marketOption, (option) => {
        const { delta, gamma, vega, theta, rho } = blackGreeks(option);
        const { forward, volatility, years, discount } = option;
        const rate = -Math.log(discount) / years;
        const moved = (change: Partial<EuropeanOption>) => black76({ ...option, ...change });
        const lasting = (left: number) => moved({ years: left, discount: Math.exp(-rate * left) });

        expect(slope((by) => moved({ forward: forward + by }), 1e-3)).toBeCloseTo(delta, 6);
        expect(
          slope((by) => blackGreeks({ ...option, forward: forward + by }).delta, 1e-3),
        ).toBeCloseTo(gamma, 6);
        expect(slope((by) => moved({ volatility: volatility + by }), 1e-4)).toBeCloseTo(vega, 3);
        expect(slope((by) => lasting(years - by), 1e-5)).toBeCloseTo(theta, 3);
        expect(
          slope((by) => moved({ discount: Math.exp(-(rate + by) * years) }), 1e-4),
        ).toBeCloseTo(rho, 3);
      }),
    );
  });

  it('differs between call and put as a forward does', () => {
    fc.assert(
      fc.property(marketOption, (option) => {
        const call = blackGreeks({ ...option, type: 'CALL' });
        const put = blackGreeks({ ...option, type: 'PUT' });
        expect(call.delta - put.delta).toBeCloseTo(option.discount, 12);
        expect([put.gamma, put.vega]).toEqual([call.gamma, call.vega]);
      }),
    );
  });
});
