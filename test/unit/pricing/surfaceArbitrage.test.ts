import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76 } from '../../../subgraphs/shared/pricing/black76.js';
import {
  butterflyArbitrage,
  calendarArbitrage,
} from '../../../subgraphs/shared/pricing/surfaceArbitrage.js';
import {
  sviSlice,
  sviVolatility,
  type SviSlice,
} from '../../../subgraphs/shared/pricing/sviSlice.js';

// Axel Vogt's smile, of Gatheral and Jacquier (2014), example 5.1: all variances are positive, and
// yet a butterfly pays; by 40-digit arithmetic g(k) is least, −0.0329, at k = 0.88.
const vogt: SviSlice = {
  years: 1,
  forward: 100,
  a: -0.041,
  b: 0.1331,
  rho: 0.306,
  m: 0.3586,
  sigma: 0.4153,
};
const tame: SviSlice = { ...vogt, a: 0.04, b: 0.1, rho: -0.3, m: 0 };

/** What a butterfly of three calls costs; without arbitrage at least 0. */
const butterfly = (slice: SviSlice, logMoneyness: number) => {
  const strike = slice.forward * Math.exp(logMoneyness);
  const call = (at: number) =>
    black76({
      type: 'CALL',
      forward: slice.forward,
      strike: at,
      volatility: sviVolatility(slice, at),
      years: slice.years,
      discount: 1,
    });
  const width = 0.01 * strike;
  return call(strike - width) - 2 * call(strike) + call(strike + width);
};

describe('butterflyArbitrage', () => {
  it('finds where a known smile sells a butterfly below nothing', () => {
    const found = butterflyArbitrage(sviSlice(vogt));

    expect(found).toBeCloseTo(0.88, 1);
    expect(butterfly(vogt, found ?? NaN)).toBeLessThan(0);
  });

  it('finds none in a tame smile', () => {
    expect(butterflyArbitrage(tame)).toBeNull();
  });

  // b·(1 ± ρ) is the slope of a wing: 1.6 × 1.3 = 2.08 and 1.6 × 0.7 = 1.12.
  it.each([
    { rho: 0.3, end: Infinity },
    { rho: -0.3, end: -Infinity },
  ])('finds a wing too steep for any distribution at $end', ({ rho, end }) => {
    expect(butterflyArbitrage({ ...tame, b: 1.6, rho })).toBe(end);
  });

  it('takes a smile that is flat, and one without variance', () => {
    expect(butterflyArbitrage({ ...tame, b: 0 })).toBeNull();
    expect(butterflyArbitrage({ ...tame, a: 0, b: 0 })).toBeNull();
  });

  it('answers null only where butterflies at the places it looks at cost something', () => {
    const smiles = fc.record({
      years: fc.constant(1),
      forward: fc.constant(100),
      a: fc.double({ min: 0, max: 0.2, noNaN: true }),
      b: fc.double({ min: 0, max: 0.8, noNaN: true }),
      rho: fc.double({ min: -0.9, max: 0.9, noNaN: true }),
      m: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      sigma: fc.double({ min: 0.1, max: 1, noNaN: true }),
    });
    const place = fc.double({ min: -0.8, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(smiles, place, (slice, logMoneyness) => {
        fc.pre(butterflyArbitrage(sviSlice(slice)) === null);
        expect(butterfly(slice, logMoneyness)).toBeGreaterThan(-1e-9);
      }),
    );
  });
});

describe('calendarArbitrage', () => {
  it('finds where a later option has less variance than an earlier one', () => {
    // The later is flat at 0.1; the earlier, 0.04 + 0.1·(−0.3·k + √(k² + 0.1725)), passes it in
    // the wings, most at the far end where strikes are low.
    const later = { ...tame, years: 2, a: 0.1, b: 0 };

    expect(calendarArbitrage(tame, later)).toBeLessThan(-0.5);
  });

  it('finds none between a smile and one that lies above it', () => {
    expect(calendarArbitrage(tame, { ...tame, years: 2, a: 0.041 })).toBeNull();
    expect(calendarArbitrage(tame, { ...tame, years: 2 })).toBeNull();
  });
});
