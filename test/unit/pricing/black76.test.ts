import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { black76, type EuropeanOption } from '../../../subgraphs/shared/pricing/black76.js';

const vectors = new URL('../../../../shared/vectors/option-pricing/', import.meta.url);
const hasVectors = existsSync(vectors);
if (!hasVectors) console.warn('skipped: option prices of ../shared/vectors are not here');

const read = <Shape>(file: string, shape: z.ZodType<Shape>) =>
  shape.parse(JSON.parse(readFileSync(new URL(file, vectors), 'utf8')));

describe.skipIf(!hasVectors)('black76, against published prices', () => {
  it('agrees with lyra-utils to 1e-12 dollars', () => {
    const shape = z.object({
      black76: z.array(
        z.object({
          secToExpiry: z.number(),
          vol: z.number(),
          fwd: z.number(),
          strike: z.number(),
          discount: z.number(),
          call: z.number(),
          put: z.number(),
        }),
      ),
    });
    const errors = read('lyra_utils_black76_svi.json', shape).black76.flatMap((row) => {
      const option = {
        forward: row.fwd,
        strike: row.strike,
        volatility: row.vol,
        years: row.secToExpiry / (365 * 86_400),
        discount: row.discount,
      };
      return [
        Math.abs(black76({ ...option, type: 'CALL' }) - row.call),
        Math.abs(black76({ ...option, type: 'PUT' }) - row.put),
      ];
    });

    expect(errors).toHaveLength(14);
    expect(Math.max(...errors)).toBeLessThan(1e-12);
  });

  it('agrees with py_vollib to the digits that it prints', () => {
    const shape = z.object({ columns: z.array(z.string()), data: z.array(z.array(z.number())) });
    const { columns, data } = read('py_vollib_test_data.json', shape);
    const errors = data.flatMap((row) => {
      const at = (name: string) => row[columns.indexOf(name)] ?? NaN;
      const years = at('t');
      const option = {
        // Black-Scholes on a spot is Black-76 on its forward.
        forward: at('S') * Math.exp(at('R') * years),
        strike: at('K'),
        volatility: at('v'),
        years,
        discount: Math.exp(-at('R') * years),
      };
      const call = black76({ ...option, type: 'CALL' });
      const put = black76({ ...option, type: 'PUT' });
      // Below 1e-6 the published calls are dust.
      return [
        at('bs_call') < 1e-6 ? 0 : Math.abs(call / at('bs_call') - 1),
        Math.abs(put / at('bs_put') - 1),
      ];
    });

    expect(errors).toHaveLength(102);
    expect(Math.max(...errors)).toBeLessThan(5e-5);
  });
});

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
