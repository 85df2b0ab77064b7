import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chargeRequirement,
  type Charge,
} from '../../../../subgraphs/margin/domain/scenario/charges.js';
import { tailMean } from '../../../../subgraphs/margin/domain/scenario/charges/tailMean.js';
import { RiskInputError } from '../../../../subgraphs/margin/domain/scenario/riskInputError.js';
import { anyLegs, oneUnderlying, scaledLegs, scaleOf, type Leg } from '../delta/oneUnderlying.js';

const shortfall = (legs: readonly Leg[], returns: readonly number[], confidence = 0.75) => {
  const charge: Charge = { kind: 'EXPECTED_SHORTFALL', confidence };
  return chargeRequirement('SHORTFALL', charge, oneUnderlying(legs, { returns }));
};

const PAST = [0.01, -0.04, 0.02, -0.02, 0.05, -0.1, 0.03, 0];
const perpetual = (quantity: number): Leg => ({ kind: 'FUTURE', quantity });

describe('EXPECTED_SHORTFALL', () => {
  it('averages the worst days for the book as it is', () => {
    // A quarter of 8 days: −10 % and −4 % of 70,000, 7 % on average; short: +5 % and +3 %.
    expect(shortfall([perpetual(1)], PAST).amount).toBeCloseTo(4_900, 9);
    expect(shortfall([perpetual(-1)], PAST).amount).toBeCloseTo(2_800, 9);
  });

  it('counts the last day of the tail in part', () => {
    // 0.3 × 8 = 2.4 days: (10 + 4 + 0.4 × 2) ÷ 2.4 % = 6.1666… %.
    expect(shortfall([perpetual(1)], PAST, 0.7).amount).toBeCloseTo((70_000 * 0.148) / 2.4, 9);
  });

  it('takes the worst day where the history is too short for a tail', () => {
    expect(shortfall([perpetual(1)], PAST, 0.999).amount).toBeCloseTo(7_000, 9);
  });

  it('asks each line for its own loss on those days', () => {
    const { amount, shares } = shortfall([perpetual(3), perpetual(-1)], PAST);

    expect(amount).toBeCloseTo(9_800, 9);
    expect(shares[0]).toBeCloseTo(14_700, 9);
    expect(shares[1]).toBeCloseTo(-4_900, 9);
  });

  it('revalues options in full', () => {
    // A call deep in the money against a perpetual moves by nothing; a straddle loses either way.
    const call: Leg = { kind: 'OPTION', quantity: 1, strike: 1, isCall: true };
    const straddle: Leg[] = [
      { kind: 'OPTION', quantity: -1, strike: 70_000, isCall: true },
      { kind: 'OPTION', quantity: -1, strike: 70_000, isCall: false },
    ];

    expect(shortfall([call, perpetual(-1)], PAST).amount).toBeCloseTo(0, 6);
    expect(shortfall(straddle, [0.2, -0.2, 0, 0]).amount).toBeGreaterThan(4_000);
  });

  it('asks for nothing without a history, or where even the worst days pay', () => {
    expect(shortfall([perpetual(1)], []).amount).toBe(0);
    expect(shortfall([perpetual(1)], [0.1, 0.2]).amount).toBe(0);
  });

  it('refuses a return that a price cannot have', () => {
    const wrong = () => shortfall([perpetual(1)], [0.1, -1.5]);

    expect(wrong).toThrow(RiskInputError);
    expect(wrong).toThrow('BTC.returns[1] must be at least −1, and is -1.5');
  });

  const history = fc.array(fc.double({ min: -0.5, max: 1, noNaN: true }), {
    minLength: 1,
    maxLength: 30,
  });
  const confidence = fc.double({ min: 0.5, max: 0.99, noNaN: true });

  it('is subadditive, homogeneous and never negative, for any books and history', () => {
    fc.assert(
      fc.property(anyLegs, anyLegs, history, confidence, (one, other, returns, level) => {
        const amountOf = (legs: readonly Leg[]) => shortfall(legs, returns, level).amount;
        const [together, a, b] = [amountOf([...one, ...other]), amountOf(one), amountOf(other)];
        const rounding = scaleOf(oneUnderlying([...one, ...other])) * 1e-12;

        expect(together).toBeLessThanOrEqual(a + b + rounding);
        expect(Math.abs(amountOf(scaledLegs(one, 3)) - 3 * a)).toBeLessThan(3 * rounding);
        expect(a).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it('counts whole days where the tail is a whole number of them', () => {
    // A hundredth of 500 is 5; in float64 500 × (1 − 0.99) is a little more.
    const { mean, valueAtRisk, worst } = tailMean(Float64Array.from(Array(500).keys()), 0.99);

    expect([mean, valueAtRisk, worst.length]).toEqual([expect.closeTo(497, 9), 495, 5]);
  });

  it('is at least the value at risk, for any losses', () => {
    const losses = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(losses, confidence, (values, level) => {
        const { mean, valueAtRisk, worst } = tailMean(Float64Array.from(values), level);
        const exceeding = values.filter((loss) => loss > valueAtRisk).length;

        expect(mean).toBeGreaterThanOrEqual(valueAtRisk - Math.abs(valueAtRisk) * 1e-12);
        expect(exceeding).toBeLessThanOrEqual(Math.max(values.length * (1 - level), 1));
        expect(worst.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});
