import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76, type EuropeanOption } from '../../../subgraphs/shared/pricing/black76.js';

const atTheMoney: EuropeanOption = {
  type: 'CALL',
  forward: 100,
  strike: 100,
  volatility: 0.2,
  years: 1,
  discount: 1,
};

describe('black76', () => {
  it('prices an option at the money by the middle of the distribution', () => {
    // 100 × (2 Φ(0.1) − 1), with Φ(0.1) = 0.539827837277029.
    expect(black76(atTheMoney)).toBeCloseTo(7.965567455405798, 12);
  });

  it.each([
    { name: 'has expired', years: 0, volatility: 0.2 },
    { name: 'expired long ago', years: -1, volatility: 0.2 },
    { name: 'cannot move', years: 1, volatility: 0 },
  ])('is worth what exercising pays when it $name', ({ years, volatility }) => {
    const option = { ...atTheMoney, forward: 130, years, volatility, discount: 0.5 };

    expect([black76(option), black76({ ...option, type: 'PUT' })]).toEqual([15, 0]);
  });
});

const options = fc.record({
  type: fc.constantFrom('CALL' as const, 'PUT' as const),
  forward: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  strike: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  volatility: fc.double({ min: 0.01, max: 3, noNaN: true }),
  years: fc.double({ min: 0.001, max: 5, noNaN: true }),
  discount: fc.double({ min: 0.5, max: 1, noNaN: true }),
});

describe('black76, for any option', () => {
  it('keeps call less put equal to the discounted forward less the strike', () => {
    fc.assert(
      fc.property(options, (option) => {
        const { forward, strike, discount } = option;
        const call = black76({ ...option, type: 'CALL' });
        const put = black76({ ...option, type: 'PUT' });
        const scale = forward + strike;
        expect(Math.abs(call - put - discount * (forward - strike)) / scale).toBeLessThan(1e-14);
      }),
    );
  });

  it('is worth at least its discounted intrinsic value, and more with more volatility', () => {
    fc.assert(
      fc.property(options, (option) => {
        const { type, forward, strike, discount } = option;
        const intrinsic =
          discount * Math.max(type === 'CALL' ? forward - strike : strike - forward, 0);
        const premium = black76(option);
        const livelier = black76({ ...option, volatility: option.volatility * 1.5 });
        const rounding = (forward + strike) * 1e-14;
        expect(premium).toBeGreaterThanOrEqual(intrinsic - rounding);
        expect(livelier).toBeGreaterThanOrEqual(premium - rounding);
      }),
    );
  });
});
