import { describe, expect, it } from 'vitest';
import {
  chargeRequirement,
  type Charge,
} from '../../../../subgraphs/margin/domain/scenario/charges.js';
import { oneUnderlying, type Leg } from '../delta/oneUnderlying.js';
import { volatility } from '../scenario/riskBooks.js';

const TAILS: Extract<Charge, { kind: 'DAMPENED_TAILS' }> = {
  kind: 'DAMPENED_TAILS',
  spots: [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5],
  volatility: { ...volatility, upMin: 0.5 },
  discountsMarks: false,
  range: 0.16,
  dampener: 0,
  numeraire: 'USD',
};

const amountOf = (legs: readonly Leg[], tails: Partial<typeof TAILS> = {}) => {
  const { amount, shares } = chargeRequirement(
    'TAILS',
    { ...TAILS, ...tails },
    oneUnderlying(legs),
  );
  return [amount, ...shares];
};

const perpetual = (quantity: number): Leg => ({ kind: 'FUTURE', quantity });
const soldCalls: Leg = { kind: 'OPTION', quantity: -10, strike: 200_000, isCall: true };

describe('DAMPENED_TAILS', () => {
  it('charges a future what it loses at the range, either way', () => {
    // 16 % × 70,000 = 11,200.
    expect(amountOf([perpetual(1)])[0]).toBeCloseTo(11_200, 9);
    expect(amountOf([perpetual(-1)])[0]).toBeCloseTo(11_200, 9);
  });

  it('counts coins at the price where they are lost', () => {
    // 0.16 ÷ 0.84 and 0.16 ÷ 1.16 of a coin, each worth today's 70,000.
    const coins = { numeraire: 'UNDERLYING' } as const;
    const inverse: Leg = { kind: 'FUTURE', contract: 'INVERSE', quantity: 70_000 };

    expect(amountOf([inverse], coins)[0]).toBeCloseTo((70_000 * 0.16) / 0.84, 9);
    expect(amountOf([{ ...inverse, quantity: -70_000 }], coins)[0]).toBeCloseTo(
      (70_000 * 0.16) / 1.16,
      9,
    );
  });

  it('sees calls far out of the money that no move of the range would', () => {
    // At +500 % ten calls lose about 10 × (420,000 − 200,000), of which 0.16 ÷ 5 counts: 70,400.
    const [amount = NaN] = amountOf([soldCalls]);

    expect(amount).toBeGreaterThan(70_300);
    expect(amount).toBeLessThan(72_000);
  });

  it('takes the dampener off the loss, and asks for nothing below it', () => {
    const [whole = NaN] = amountOf([soldCalls]);
    const [amount, ...shares] = amountOf([soldCalls, perpetual(0)], { dampener: 20_000 });

    expect(amount).toBeCloseTo(whole - 20_000, 6);
    expect(shares[0]).toBeCloseTo(whole - 20_000, 6);
    expect(amountOf([perpetual(1)], { dampener: 11_201 })).toEqual([0, 0]);
  });

  it('is nothing for a book that no tail hurts', () => {
    const straddle: Leg[] = [true, false].map((isCall) => ({
      kind: 'OPTION',
      quantity: 1,
      strike: 70_000,
      isCall,
    }));

    expect(amountOf(straddle)[0]).toBe(0);
  });
});
