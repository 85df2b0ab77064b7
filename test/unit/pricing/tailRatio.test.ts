import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalDensity } from '../../../subgraphs/shared/pricing/normalDistribution.js';
import { FARTHEST_TAIL, tailRatio } from '../../../subgraphs/shared/pricing/tailRatio.js';

describe('tailRatio', () => {
  // Values by 40-digit arithmetic.
  it.each([
    { y: 0, expected: 0.5 },
    { y: 0.5, expected: 0.34961883472039806983 },
    { y: 1, expected: 0.26157829186512337168 },
    { y: 2.5, expected: 0.1413313313805753097 },
    { y: 5, expected: 0.076919304975006295965 },
    { y: 10, expected: 0.039506694101386002945 },
  ])('is $expected at $y', ({ y, expected }) => {
    expect(Math.abs(tailRatio(y) / expected - 1)).toBeLessThan(5e-16);
  });

  it('is the tail over the bell, for any place', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: FARTHEST_TAIL, noNaN: true }), (y) => {
        const bell = normalDensity(y) * Math.sqrt(2 * Math.PI);
        expect(Math.abs((tailRatio(y) * bell) / normalCdf(-y) - 1)).toBeLessThan(1e-14);
      }),
    );
  });
});

describe('normalDensity', () => {
  it.each([
    { x: 0, expected: 0.3989422804014326779 },
    { x: 1, expected: 0.2419707245191433498 },
    { x: -3, expected: 0.004431848411938007 },
    { x: 40, expected: 0 },
    { x: -Infinity, expected: 0 },
  ])('is $expected at $x', ({ x, expected }) => {
    expect(Math.abs(normalDensity(x) - expected)).toBeLessThan(1e-16);
  });
});
