import { describe, expect, it } from 'vitest';
import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { oracleConfidence } from '../../../../subgraphs/margin/domain/scenario/oracleConfidence.js';
import { call, coins, expiry, fed, perpetual, put, underlying } from './riskBooks.js';
import { amountAndShares } from './amountAndShares.js';

describe('oracleConfidence', () => {
  const rule = { kind: 'ORACLE_CONFIDENCE', threshold: 0.5, factor: 2 } as const;
  const charge = (book: UnderlyingRisk) => oracleConfidence('ORACLE', rule, book, 6);

  it('asks nothing at the threshold, and (1 − confidence) × factor of notional below it', () => {
    const at = (confidence: number) =>
      underlying({ perpetualConfidence: confidence, futures: [perpetual(-3)] });

    // (1 − 0.25) × 2 × 300.
    expect([charge(at(0.5)).amount, charge(at(0.25)).amount]).toEqual([0, 450]);
  });

  it('doubts perpetuals for the spot or the perpetual’s feed, and dated futures for the forward', () => {
    const book = underlying({
      perpetualConfidence: 0.25,
      futures: [perpetual(1, { line: 0 }), perpetual(1, { line: 1, expiry: 0 })],
    });

    expect(amountAndShares(charge(book), 2).shares).toEqual([150, 0]);
    expect(amountAndShares(charge({ ...book, spot: fed(100, 0.1) }), 2).shares).toEqual([180, 180]);
    const doubted = { ...book, expiries: [expiry(30, { forward: fed(100, 0) })] };
    expect(amountAndShares(charge(doubted), 2).shares).toEqual([150, 200]);
  });

  const [bought, sold] = [call(2, { line: 0 }), put(-1, { line: 1 })];
  const options = [bought, sold];
  it.each([
    { feed: 'the spot', book: { spot: fed(100, 0.25) } },
    { feed: 'a perpetual that is held', book: { perpetualConfidence: 0.25 } },
    { feed: 'the forward', book: { expiries: [expiry(30, { forward: fed(100, 0.25) })] } },
    { feed: 'the rate', book: { expiries: [expiry(30, { rate: fed(0, 0.25) })] } },
    {
      feed: 'any volatility of the expiry',
      book: { options: [bought, { ...sold, confidence: 0.25 }] },
    },
  ])('doubts every option of an expiry for $feed', ({ book }) => {
    // 0.75 × 2 × (2 + 1) × 100.
    const { amount, shares } = charge(underlying({ options, ...book }));

    expect([amount, shares[0], shares[1]]).toEqual([450, 300, 150]);
  });

  it('does not doubt what is held for what is not', () => {
    const gone = call(0, { strike: 50, confidence: 0 });

    expect(charge(underlying({ options: [call(1), gone] })).amount).toBe(0);
  });

  it('does not doubt one expiry for another', () => {
    const expiries = [expiry(30, { forward: fed(100, 0.25) }), expiry(60)];
    const book = underlying({ expiries, options: [call(1, { expiry: 1, line: 2 })] });

    expect(charge(book).amount).toBe(0);
  });

  it('nets the same contract over lines', () => {
    const doubted = { confidence: 0 };
    const book = underlying({
      options: [call(3, { line: 0, ...doubted }), call(-1, { line: 1, ...doubted })],
    });

    expect(amountAndShares(charge(book), 2)).toEqual({ amount: 400, shares: [600, -200] });
  });

  it('doubts held coins for their own feed or the spot’s, and never for a perpetual’s', () => {
    const book = underlying({
      perpetualConfidence: 0,
      collateral: [coins(1, { line: 0 }), coins(-2, { line: 1, price: fed(100, 0.25) })],
    });

    expect(amountAndShares(charge(book), 2).shares).toEqual([0, 300]);
    expect(amountAndShares(charge({ ...book, spot: fed(100, 0) }), 2).shares).toEqual([200, 400]);
  });
});
