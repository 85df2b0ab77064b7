import { describe, expect, it } from 'vitest';
import { basisScenario } from '../../../../subgraphs/margin/domain/scenario/basisScenario.js';
import { call, expiry, fed, perpetual, put, underlying } from './riskBooks.js';

describe('basisScenario', () => {
  const rule = {
    kind: 'BASIS_SCENARIO',
    up: 0.05,
    down: -0.1,
    share: 0.5,
    sharePerYear: 2,
    discountsMarks: false,
  } as const;
  const deep = { strike: 1e-9, volatility: 0 };

  it('takes each expiry’s worse move, counted by its time', () => {
    const expiries = [expiry(36.5), expiry(73)];
    const book = underlying({
      expiries,
      options: [call(1, { ...deep, line: 0 }), call(-1, { ...deep, expiry: 1, line: 1 })],
    });

    // The long loses 10 × (0.5 + 2 × 0.1), the short 5 × (0.5 + 2 × 0.2).
    const { amount, shares } = basisScenario('BASIS', rule, book, 2);
    expect([shares[0], shares[1], amount]).toEqual([
      expect.closeTo(7, 9),
      expect.closeTo(4.5, 9),
      expect.closeTo(11.5, 9),
    ]);
  });

  it('lets a dated future hedge the options of its expiry, and leaves perpetuals out', () => {
    const book = underlying({
      options: [call(1, deep)],
      futures: [perpetual(-1, { expiry: 0, line: 1 }), perpetual(50, { line: 2 })],
    });

    expect(basisScenario('BASIS', rule, book, 3).amount).toBeLessThan(1e-9);
  });

  it('values an inverse future by the dollars it stands for, and a settling one by what moves', () => {
    const expiries = [expiry(36.5, { forwardFixed: 75 })];
    const inverse = perpetual(400, { expiry: 0, contract: 'INVERSE', pointValue: 2 });

    // 400 × 2 × 10 % × a quarter × 0.7.
    const book = underlying({ expiries, futures: [inverse] });
    expect(basisScenario('BASIS', rule, book, 1).amount).toBeCloseTo(14, 9);
  });

  it('discounts marks at the rate where the venue does', () => {
    const expiries = [expiry(365, { rate: fed(0.2) })];
    const book = underlying({ expiries, options: [call(1, deep)] });

    const discounted = basisScenario('BASIS', { ...rule, discountsMarks: true }, book, 1);
    expect(discounted.amount).toBeCloseTo(10 * 2.5 * Math.exp(-0.2), 9);
  });

  it('asks nothing where no move loses', () => {
    const straddle = underlying({ options: [call(1), put(1)] });

    expect(basisScenario('BASIS', { ...rule, down: -0.5, up: 0.5 }, straddle, 1).amount).toBe(0);
  });
});
