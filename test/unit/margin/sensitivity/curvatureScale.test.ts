import { describe, expect, it } from 'vitest';
import {
  curvatureLambda,
  curvatureScale,
  tenorDays,
  weightVolatility,
} from '../../../../subgraphs/margin/domain/sensitivity/curvatureScale.js';

describe('curvatureLambda', () => {
  it('is 5.6349 where all gains, 1 where all loses, and in proportion between', () => {
    expect(curvatureLambda(10, 10)).toBeCloseTo(5.6349, 4);
    expect(curvatureLambda(-10, 10)).toBe(1);
    expect(curvatureLambda(-5, 10)).toBeCloseTo((5.6348966 + 1) / 2, 6);
  });

  it('takes 0 ÷ 0 for no losses', () => {
    expect(curvatureLambda(0, 0)).toBe(curvatureLambda(1, 1));
  });
});

describe('curvatureScale', () => {
  it('is ½ up to the horizon, and ½ horizon ÷ days beyond', () => {
    expect([1, 14, 28, 140].map((days) => curvatureScale(days, 14))).toEqual([
      0.5, 0.5, 0.25, 0.05,
    ]);
  });
});

describe('weightVolatility', () => {
  it('is what moves by the weight in the horizon once in a hundred times', () => {
    // √(365 ÷ 14) ÷ 2.3263 = 2.1949 a year.
    expect(weightVolatility(1, 14)).toBeCloseTo(2.19486471, 8);
    expect(weightVolatility(10, 1.4)).toBeCloseTo(21.9486471 * Math.sqrt(10), 6);
  });
});

describe('tenorDays', () => {
  it.each([
    ['2w', 14],
    ['1m', 365 / 12],
    ['10y', 3650],
    ['1d', 1],
  ])('of %s is %d', (tenor, days) => {
    expect(tenorDays(tenor)).toBe(days);
  });

  it.each(['', '3', 'm', '0d', '3 m', '1q', '3months', 'in 3m', '1000d'])(
    'refuses «%s»',
    (tenor) => {
      const refused = () => tenorDays(tenor);

      expect(refused).toThrow(RangeError);
      expect(refused).toThrow(
        expect.objectContaining({ message: `Not a tenor such as 3m: ${tenor}` }),
      );
    },
  );
});
