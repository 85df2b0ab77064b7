import { describe, expect, it } from 'vitest';
import { coins, expiry, fed, perpetual, plainScan, row, underlying } from './riskBooks.js';
import { lossOf, profitsOf } from './scans.js';

describe('a scan of futures and coins', () => {
  const grid = plainScan([row(0.16), row(-0.16), row(-0.66, 'UP', 0.2)]);

  it('charges a long perpetual what the deepest counted fall takes', () => {
    const long = underlying({ spot: fed(70_000), futures: [perpetual(1, { mark: 70_000 })] });

    // 16 % of 70 000; the tail takes 66 % × 0.2 only.
    expect(profitsOf(grid, long)).toEqual([11_200, -11_200, expect.closeTo(-9240, 8)]);
    expect(lossOf(grid, long)).toBeCloseTo(11_200, 8);
  });

  it('nets a perpetual with held coins and with a dated future', () => {
    const hedged = underlying({
      futures: [perpetual(-3), perpetual(1, { expiry: 0, line: 1 })],
      collateral: [coins(2, { line: 2 })],
    });

    expect(Math.max(...profitsOf(grid, hedged).map(Math.abs))).toBeLessThan(1e-12);
    expect(lossOf(grid, hedged)).toBeCloseTo(0, 12);
  });

  it('does not move coins that do not cancel risk', () => {
    const held = underlying({ collateral: [coins(2, { isRiskCancelling: false })] });

    expect(profitsOf(grid, held)).toEqual([0, 0, 0]);
  });

  it('values the coins of an inverse contract at the shocked spot', () => {
    const inverse = underlying({ futures: [perpetual(5000, { contract: 'INVERSE', mark: 80 })] });

    // 5000 × (1/80 − 1/92.8) coins × 116 dollars is 5000 × 0.16 × 100 ÷ 80, and so on.
    expect(profitsOf(grid, inverse)).toEqual([1000, -1000, expect.closeTo(-825, 9)]);
  });

  it('counts the same inverse contract in coins as 1/p − 1/p′ of them', () => {
    const inverse = underlying({ futures: [perpetual(5000, { contract: 'INVERSE' })] });
    const inCoins = { ...grid, numeraire: 'UNDERLYING' as const };

    // 5000 × (1/100 − 1/116) coins × 100 dollars, and so on.
    expect(profitsOf(inCoins, inverse)).toEqual([
      expect.closeTo(5000 - 5000 / 1.16, 9),
      expect.closeTo(5000 - 5000 / 0.84, 9),
      expect.closeTo(0.2 * (5000 - 5000 / 0.34), 9),
    ]);
  });

  it('finds no risk in held coins when coins are what counts', () => {
    const inCoins = { ...grid, numeraire: 'UNDERLYING' as const };

    const profits = profitsOf(inCoins, underlying({ collateral: [coins(7)] }));
    expect(Math.max(...profits.map(Math.abs))).toBeLessThan(1e-12);
  });

  it('pays a quanto contract by its point value, which moves only with what it pays', () => {
    const quanto = (pays: string) =>
      underlying({ futures: [perpetual(2, { contract: 'QUANTO', pointValue: 3, pays })] });

    // 2 × 3 × 16; in BTC itself × 1.16 and × 0.84.
    expect(profitsOf(grid, quanto('ETH')).slice(0, 2)).toEqual([96, -96]);
    expect(profitsOf(grid, quanto('BTC')).slice(0, 2)).toEqual([
      expect.closeTo(111.36, 10),
      expect.closeTo(-80.64, 10),
    ]);
  });

  it('moves a contract by the move of the index where the venue shocks the index', () => {
    const above = underlying({ futures: [perpetual(1, { mark: 125 })] });

    expect(profitsOf(grid, above)[0]).toBe(20);
    // The index moves by 16 dollars, and the contract with it.
    expect(profitsOf({ ...grid, shockOf: 'INDEX' }, above)[0]).toBeCloseTo(16, 12);
  });

  it('moves futures by their own shock where a scenario has one', () => {
    const own = plainScan([{ ...row(-0.66, 'UP', 0.5), futuresShock: -0.16 }]);
    const book = underlying({ futures: [perpetual(1)], collateral: [coins(1)] });

    expect(profitsOf(own, book)).toEqual([expect.closeTo(0.5 * (-16 - 66), 10)]);
  });

  it('moves a settling future only by what has not settled', () => {
    const settling = underlying({
      expiries: [expiry(0.01, { forwardFixed: 75 })],
      futures: [perpetual(1, { expiry: 0 })],
    });

    expect(profitsOf(grid, settling)[0]).toBeCloseTo(4, 12);
  });

  it('counts only the given share of a profit, and losses in full', () => {
    const offset = { ...grid, profitShare: 0.25 };

    expect(profitsOf(offset, underlying({ futures: [perpetual(1)] })).slice(0, 2)).toEqual([
      4, -16,
    ]);
  });
});
