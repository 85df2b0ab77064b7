import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactShares } from '../../../subgraphs/margin/domain/exactShares.js';
import { format, isNegative, sum, usd } from '../../../subgraphs/shared/units.js';

const texts = (total: string, weights: readonly number[]) =>
  exactShares(usd(total), weights).map(format);

describe('exactShares', () => {
  it('splits in proportion to weights of one sign, and leaves the rest to the largest', () => {
    // 200 × 1/3 = 66.666666666…, cut; 200 − 66.66666666 = 133.33333334.
    expect(texts('200', [1, 2])).toEqual(['66.66666666', '133.33333334']);
    expect(texts('-30', [-1, -2])).toEqual(['-10', '-20']);
  });

  it('keeps amounts of both signs that sum to the total but for rounding', () => {
    // In float64 they sum to −2.0999999999999996; spread over them, that would cut 0.1 to 0.09999999.
    expect(texts('-2.1', [0.1, 0.1, -2.3])).toEqual(['0.1', '0.1', '-2.3']);
  });

  it('spreads what such amounts miss by their sizes, however little they sum to', () => {
    // 0.3 is missing of amounts of 150 in size: 0.2 and 0.1; their sum of 0 has no say.
    expect(texts('0.3', [100, -50, -50])).toEqual(['100.15', '-49.925', '-49.925']);
  });

  it('gives the first of equals what is left, and all of it without weights to go by', () => {
    expect(texts('0.00000001', [1, 1])).toEqual(['0.00000001', '0']);
    expect(texts('7', [0, 0])).toEqual(['7', '0']);
  });

  it('takes the shares of a requirement as they are', () => {
    expect(exactShares(usd('3'), Float64Array.of(1, 2))).toEqual([usd('1'), usd('2')]);
  });

  it('has no shares of nothing over no lines, and refuses to lose an amount', () => {
    expect(exactShares(usd('0'), [])).toEqual([]);
    expect(() => exactShares(usd('1'), [])).toThrow('cannot be split over no lines');
  });

  it.each([NaN, Infinity, -Infinity])('refuses a weight of %d', (weight) => {
    expect(() => exactShares(usd('1'), [1, weight])).toThrow(RangeError);
  });
});

describe('exactShares, for any total and weights', () => {
  const totals = fc
    .bigInt({ min: 0n, max: 10n ** 30n })
    .map((grains) =>
      usd(`${grains / 10n ** 18n}.${String(grains % 10n ** 18n).padStart(18, '0')}`),
    );
  const amounts = fc.double({ min: -1e12, max: 1e12, noNaN: true });

  it('sums to the total exactly', () => {
    fc.assert(
      fc.property(totals, fc.array(amounts, { minLength: 1, maxLength: 20 }), (total, weights) => {
        expect(sum(exactShares(total, weights))).toEqual(total);
      }),
    );
  });

  it('is never negative where no weight is', () => {
    fc.assert(
      fc.property(totals, fc.array(amounts.map(Math.abs), { minLength: 1 }), (total, weights) => {
        expect(exactShares(total, weights).some(isNegative)).toBe(false);
      }),
    );
  });
});
