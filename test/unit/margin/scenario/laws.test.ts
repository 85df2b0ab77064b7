import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settledForward } from '../../../../subgraphs/margin/domain/scenario/settledForward.js';
import { skewFactor, type SkewLaw } from '../../../../subgraphs/margin/domain/scenario/skewLaw.js';
import { worthFactors } from '../../../../subgraphs/margin/domain/scenario/staticDiscount.js';
import {
  volatilityMove,
  type VolatilityLaw,
} from '../../../../subgraphs/margin/domain/scenario/volatilityLaw.js';
import { DAY } from './riskBooks.js';

const law: VolatilityLaw = {
  shift: 'RELATIVE',
  up: 0.5,
  down: 0.275,
  upMin: 0.4,
  referenceDays: 30,
  daysMin: 1,
  shortPower: 0.3,
  longPower: 0.13,
};

describe('volatilityMove', () => {
  it('moves by the whole range at the reference days', () => {
    expect(volatilityMove(law, 'UP', 30 * DAY)).toEqual({ factor: 1.5, points: 0, min: 0.4 });
    expect(volatilityMove(law, 'DOWN', 30 * DAY)).toEqual({ factor: 0.725, points: 0, min: 0 });
  });

  it('leaves everything alone without a direction', () => {
    expect(volatilityMove(law, 'NONE', 7 * DAY)).toEqual({ factor: 1, points: 0, min: 0 });
  });

  it('moves near expiries more, by the short power, and far ones less, by the long power', () => {
    // 1 + 0.5 × (30 ÷ 10)^0.3 and 1 + 0.5 × (30 ÷ 120)^0.13.
    expect(volatilityMove(law, 'UP', 10 * DAY).factor).toBeCloseTo(1.695194585, 8);
    expect(volatilityMove(law, 'UP', 120 * DAY).factor).toBeCloseTo(1.41754396, 8);
  });

  it('counts expiries nearer than the least days as that near', () => {
    const nearest = volatilityMove(law, 'UP', DAY);
    expect(volatilityMove(law, 'UP', 60)).toEqual(nearest);
    expect(volatilityMove(law, 'UP', 0)).toEqual(nearest);
    // The power goes by the days themselves, whatever their floor: (30 ÷ 40)^0.3, not ^0.13.
    const floored = volatilityMove({ ...law, daysMin: 40 }, 'UP', 20 * DAY);
    expect(floored.factor).toBeCloseTo(1 + 0.5 * 0.75 ** 0.3, 12);
  });

  it('never takes volatility below zero', () => {
    expect(volatilityMove({ ...law, down: 0.9 }, 'DOWN', DAY).factor).toBe(0);
  });

  it('moves by points where the law says so', () => {
    const points = { ...law, shift: 'POINTS' as const };
    expect(volatilityMove(points, 'UP', 30 * DAY)).toEqual({ factor: 1, points: 0.5, min: 0.4 });
    expect(volatilityMove(points, 'DOWN', 30 * DAY)).toEqual({ factor: 1, points: -0.275, min: 0 });
  });

  it('has no time to divide by at an expiry that is reached, without a floor', () => {
    expect(volatilityMove({ ...law, daysMin: 0 }, 'UP', 0).factor).toBe(1);
  });
});

const skew: SkewLaw = {
  linear: { base: 0.15, perRootYear: -0.05 },
  absolute: { base: 0.25, perRootYear: -0.1 },
  widthMin: 0.01,
  widthScale: 4,
  volatility: 0.6,
  volatilityPerRootYear: -0.1,
};

describe('skewFactor', () => {
  // At a quarter of a year: root 0.5, linear cap 0.125, absolute cap 0.2, width 4 × 0.5 × 0.55.
  const linear = skewFactor(skew, 'LINEAR_SKEW', 0.5);
  const absolute = skewFactor(skew, 'ABSOLUTE_SKEW', 0.5);

  it('twists by cap × log-moneyness ÷ width, down below the forward and up above it', () => {
    expect(linear(0.55)).toBeCloseTo(1 + 0.125 / 2, 12);
    expect(linear(-0.55)).toBeCloseTo(1 - 0.125 / 2, 12);
  });

  it('lifts both wings when absolute', () => {
    expect(absolute(0.55)).toBeCloseTo(1.1, 12);
    expect(absolute(-0.55)).toBeCloseTo(1.1, 12);
  });

  it('is flat beyond the width, and still at the forward', () => {
    expect(linear(9)).toBeCloseTo(1.125, 12);
    expect(linear(-9)).toBeCloseTo(0.875, 12);
    expect(absolute(-9)).toBeCloseTo(1.2, 12);
    expect(linear(0)).toBe(1);
  });

  it('is at least as wide as its minimum', () => {
    const narrow = skewFactor({ ...skew, widthMin: 2.2 }, 'LINEAR_SKEW', 0.5);
    expect(narrow(0.55)).toBeCloseTo(1 + 0.125 / 4, 12);
  });

  it('bounds each side on its own when the cap is negative', () => {
    const law = { ...skew, absolute: { base: 0, perRootYear: -0.2 } };
    const falling = skewFactor(law, 'ABSOLUTE_SKEW', 0.5);
    // The cap is −0.1: the nearer strike is held at it, the farther one follows the line.
    expect(falling(0.55)).toBeCloseTo(0.9, 12);
    expect(falling(2.2)).toBeCloseTo(0.8, 12);
    const line = skewFactor({ ...law, linear: law.absolute }, 'LINEAR_SKEW', 0.5);
    expect(line(-0.55)).toBeCloseTo(1.1, 12);
    expect(line(-2.2)).toBeCloseTo(1.2, 12);
  });

  it('never takes volatility below zero, and is always a number', () => {
    const any = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(any, any, fc.double({ min: 0, max: 3, noNaN: true }), (k, slope, root) => {
        const law = { ...skew, widthMin: 0, linear: { base: 0.2, perRootYear: slope } };
        expect(skewFactor(law, 'LINEAR_SKEW', root)(k)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('worthFactors', () => {
  const discounts = {
    long: { base: 0.95, rateFactor: 4, rateAddition: 0.12 },
    short: { base: 1.02, rateFactor: 0.5, rateAddition: 0.1 },
  };

  it('discounts what is owned by base × e^(−years × (rate × factor + addition))', () => {
    // Half a year at 2 %: 0.95 × e^(−0.5 × 0.2).
    const { positive } = worthFactors(discounts, 0.5, 0.02, 1);
    expect(positive).toBeCloseTo(0.95 * Math.exp(-0.1), 15);
  });

  it('raises what is owed by base × e^(years × (…)), up to its value at expiry', () => {
    // 1.02 × e^(0.5 × 0.11) = 1.0777, and the mark was discounted by 0.9 or by 0.95.
    expect(worthFactors(discounts, 0.5, 0.02, 0.9).negative).toBeCloseTo(1.0776714, 7);
    expect(worthFactors(discounts, 0.5, 0.02, 0.95).negative).toBeCloseTo(1 / 0.95, 15);
  });

  it('counts everything in full without a law', () => {
    expect(worthFactors(null, 1, 0.5, 0.6)).toEqual({ positive: 1, negative: 1 });
  });

  it('stays a number for any time', () => {
    const { positive, negative } = worthFactors(discounts, 1e60, 0, 1);
    expect([positive < 1e-300, negative]).toEqual([true, 1]);
  });
});

describe('settledForward', () => {
  it('is nothing before the averaging begins, and everything at the end', () => {
    expect([1800, 3600].map((seconds) => settledForward(90, seconds, 1800))).toEqual([0, 0]);
    expect([0, -5].map((seconds) => settledForward(90, seconds, 1800))).toEqual([90, 90]);
  });

  it('grows with the time that is averaged', () => {
    // Ten of thirty minutes are left.
    expect(settledForward(90, 600, 1800)).toBeCloseTo(60, 12);
  });
});
