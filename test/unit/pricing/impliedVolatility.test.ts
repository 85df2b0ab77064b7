import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76 } from '../../../subgraphs/shared/pricing/black76.js';
import { impliedVolatility } from '../../../subgraphs/shared/pricing/impliedVolatility.js';

const call = { type: 'CALL' as const, forward: 100, strike: 90, years: 0.25, discount: 0.5 };
const put = { ...call, type: 'PUT' as const };

describe('impliedVolatility', () => {
  it('finds the volatility at the money', () => {
    // 100 × (2 Φ(0.1) − 1) is the price at a deviation of 0.2: 40 % over a quarter of a year.
    const atTheMoney = { ...call, strike: 100, discount: 1 };
    expect(impliedVolatility(atTheMoney, 7.965567455405798)).toBeCloseTo(0.4, 14);
  });

  // The call pays 0.5 × (100 − 90) = 5 when exercised and is never worth 0.5 × 100 = 50; the put
  // pays nothing and is never worth 0.5 × 90 = 45.
  it.each([
    { what: 'a call below what exercising pays', option: call, price: 4.999 },
    { what: 'a call as dear as the forward', option: call, price: 50 },
    { what: 'a put below nothing', option: put, price: -1e-9 },
    { what: 'a put as dear as the strike', option: put, price: 45 },
    { what: 'an expired option', option: { ...call, years: 0 }, price: 20 },
    { what: 'a strike of 0', option: { ...call, strike: 0 }, price: 20 },
    { what: 'a forward of 0', option: { ...put, forward: 0 }, price: 20 },
  ])('is null for $what', ({ option, price }) => {
    expect(impliedVolatility(option, price)).toBeNull();
  });

  it('is 0 for exactly what exercising pays', () => {
    expect([impliedVolatility(call, 5), impliedVolatility(put, 0)]).toEqual([0, 0]);
  });

  it.each([
    { field: 'price', option: call, price: NaN },
    { field: 'forward', option: { ...call, forward: -1 }, price: 5 },
    { field: 'years', option: { ...call, years: NaN }, price: 5 },
    { field: 'discount', option: { ...call, discount: 0 }, price: 5 },
  ])('refuses a $field without a meaning, naming it', ({ field, option, price }) => {
    expect(() => impliedVolatility(option, price)).toThrow(
      expect.objectContaining({ name: 'InvalidPricingInput', field }) as Error,
    );
  });
});

/** Strikes up to six deviations from the forward, from minutes to years, at 1 % to 500 %. */
const priced = fc
  .record({
    type: fc.constantFrom('CALL' as const, 'PUT' as const),
    forward: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    deviations: fc.double({ min: -6, max: 6, noNaN: true }),
    volatility: fc.double({ min: 0.01, max: 5, noNaN: true }),
    years: fc.double({ min: 1e-5, max: 3, noNaN: true }),
    discount: fc.double({ min: 0.5, max: 1, noNaN: true }),
  })
  .map(({ deviations, ...option }) => {
    const move = deviations * option.volatility * Math.sqrt(option.years);
    return { ...option, strike: option.forward * Math.exp(move) };
  });

describe('impliedVolatility, for any price', () => {
  it('leads from the price to a volatility and back to the price', () => {
    fc.assert(
      fc.property(priced, (option) => {
        const price = black76(option);
        const implied = impliedVolatility(option, price);
        // A price whose digits beyond the intrinsic value are rounded away has no volatility.
        const most = option.discount * (option.type === 'CALL' ? option.forward : option.strike);
        if (implied === null) expect(price).toBeGreaterThan(most * (1 - 1e-14));
        else {
          const again = black76({ ...option, volatility: implied });
          const scale = Math.max(option.forward, option.strike);
          expect(Math.abs(again - price) / scale).toBeLessThan(2e-15);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the volatility again to 1e-12 where the price depends on it', () => {
    fc.assert(
      fc.property(priced, (option) => {
        const { forward, strike, volatility } = option;
        const price = black76(option);
        const livelier = black76({ ...option, volatility: volatility * 1.01 });
        // 1 % of volatility moves the price by more than 1e-5 of the larger of the two prices.
        fc.pre(livelier - price > 1e-5 * Math.max(forward, strike));
        const implied = impliedVolatility(option, price) ?? NaN;
        expect(Math.abs(implied / volatility - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 1000 },
    );
  });

  it('rises with the price', () => {
    fc.assert(
      fc.property(priced, fc.double({ min: 1e-6, max: 0.9, noNaN: true }), (option, share) => {
        const price = black76(option);
        const most = option.discount * (option.type === 'CALL' ? option.forward : option.strike);
        const dearer = price + share * (most - price);
        const [low, high] = [impliedVolatility(option, price), impliedVolatility(option, dearer)];
        fc.pre(low !== null && high !== null && dearer - price > 1e-12 * most);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });
});
