import { describe, expect, it } from 'vitest';
import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { nakedShortOption } from '../../../../subgraphs/margin/domain/scenario/nakedShortOption.js';
import { call, expiry, put, underlying } from './riskBooks.js';
import { amountAndShares } from './amountAndShares.js';

describe('nakedShortOption', () => {
  const charge = (book: UnderlyingRisk) =>
    nakedShortOption('NAKED', { kind: 'NAKED_SHORT_OPTION', rate: 0.01 }, book, 4);

  it('takes its rate of the spot for every short that nothing of its strike covers', () => {
    const options = [call(-5, { line: 0 }), put(2, { line: 1 }), put(-1, { line: 2, strike: 90 })];

    // 5 − 2 at the strike of 100, 1 at 90; each is a dollar.
    expect(amountAndShares(charge(underlying({ options })), 4)).toEqual({
      amount: 4,
      shares: [5, -2, 1, 0],
    });
  });

  it('counts a short straddle twice', () => {
    expect(charge(underlying({ options: [call(-1), put(-1)] })).amount).toBe(2);
  });

  it('keeps expiries apart, and asks nothing for what is covered', () => {
    const expiries = [expiry(30), expiry(60)];
    const across = [call(-1), call(1, { expiry: 1 })];

    expect(charge(underlying({ expiries, options: across })).amount).toBe(1);
    expect(charge(underlying({ options: [call(-1), put(3)] })).amount).toBe(0);
  });
});
