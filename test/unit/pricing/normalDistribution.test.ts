import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../subgraphs/shared/pricing/normalDistribution.js';

describe('normalCdf', () => {
  // Values by 40-digit arithmetic; the three ranges of the approximation and both tails.
  it.each([
    { x: 0, expected: 0.5 },
    { x: 0.5, expected: 0.69146246127401310364 },
    { x: -0.5, expected: 0.30853753872598689636 },
    { x: 1.96, expected: 0.97500210485177956599 },
    { x: -3, expected: 1.3498980316300945267e-3 },
    { x: -5, expected: 2.8665157187919391168e-7 },
    { x: -8, expected: 6.2209605742717841235e-16 },
    { x: -20, expected: 2.7536241186062336951e-89 },
  ])('is $expected at $x', ({ x, expected }) => {
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(1e-13);
  });

  it('ends in nothing and in certainty', () => {
    expect([normalCdf(-Infinity), normalCdf(-60), normalCdf(60), normalCdf(Infinity)]).toEqual([
      0, 0, 1, 1,
    ]);
  });

  it('is symmetric and never falls, for any two points', () => {
    const points = fc.double({ min: -40, max: 40, noNaN: true });
    fc.assert(
      fc.property(points, points, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        // Where pieces of the approximation meet, neighbours may differ by the last digit.
        expect(normalCdf(high)).toBeGreaterThanOrEqual(normalCdf(low) - 2e-16);
        expect(Math.abs(normalCdf(a) + normalCdf(-a) - 1)).toBeLessThanOrEqual(2.3e-16);
      }),
    );
  });
});
