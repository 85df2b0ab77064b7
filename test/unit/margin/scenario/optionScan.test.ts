import { describe, expect, it } from 'vitest';
import { black76 } from '../../../../subgraphs/shared/pricing/black76.js';
import { call, expiry, fed, fullScan, perpetual, plainScan, row, underlying } from './riskBooks.js';
import { profitsOf } from './scans.js';

const valueIn30Days = (more: object) =>
  black76({
    type: 'CALL',
    forward: 100,
    strike: 100,
    volatility: 0.5,
    years: 30 / 365,
    discount: 1,
    ...more,
  });

describe('a scan of options', () => {
  it('revalues a call at the shocked forward and volatility', () => {
    const scan = plainScan([row(0.1, 'UP'), row(-0.1, 'DOWN'), row(0, 'UP')]);
    const today = valueIn30Days({});

    expect(profitsOf(scan, underlying({ options: [call(2)] }))).toEqual([
      expect.closeTo(2 * (valueIn30Days({ forward: 110, volatility: 0.75 }) - today), 10),
      expect.closeTo(2 * (valueIn30Days({ forward: 90, volatility: 0.375 }) - today), 10),
      expect.closeTo(2 * (valueIn30Days({ volatility: 0.75 }) - today), 10),
    ]);
  });

  it('raises a shocked volatility to the least that the law allows, in rises only', () => {
    const scan = plainScan([row(0, 'UP'), row(0), row(0, 'DOWN')]);
    const floored = { ...scan, volatility: { ...scan.volatility, upMin: 0.9 } };
    const today = valueIn30Days({});

    expect(profitsOf(floored, underlying({ options: [call(1)] }))).toEqual([
      expect.closeTo(valueIn30Days({ volatility: 0.9 }) - today, 10),
      0,
      expect.closeTo(valueIn30Days({ volatility: 0.375 }) - today, 10),
    ]);
  });

  it('moves the forward by the index, and only its part that is not settled', () => {
    const settling = underlying({
      spot: fed(80),
      expiries: [expiry(1 / 96, { forwardFixed: 60 })],
      options: [call(1, { strike: 50, volatility: 0 })],
    });

    // Worth 100 − 50 now; 40 of the 100 still move, by 10 % or by 8 ÷ 100.
    expect(profitsOf(plainScan([row(0.1)]), settling)[0]).toBeCloseTo(4, 12);
    expect(profitsOf(plainScan([row(0.1)], { shockOf: 'INDEX' }), settling)[0]).toBeCloseTo(
      3.2,
      12,
    );
  });

  it('discounts what an expiry is worth by its sign, against the holder', () => {
    const scan = plainScan([row(0)], {
      staticDiscount: {
        long: { base: 0.9, rateFactor: 0, rateAddition: 0 },
        short: { base: 1.05, rateFactor: 0, rateAddition: 0 },
      },
      discountsMarks: true,
    });
    const expiries = [expiry(365, { rate: fed(0.1) }), expiry(730, { rate: fed(0.1) })];
    const options = (quantity: number, place: number) =>
      call(quantity, { strike: 60, volatility: 0, expiry: place });

    // Worth 40 × e^−0.1 and 40 × e^−0.2: the long loses a tenth of it, the short gains 5 %.
    const [loss] = profitsOf(
      scan,
      underlying({ expiries, options: [options(1, 0), options(-1, 1)] }),
    );
    expect(loss).toBeCloseTo(-0.1 * 40 * Math.exp(-0.1) - 0.05 * 40 * Math.exp(-0.2), 10);
  });

  it('never discounts by a negative rate', () => {
    const negative = underlying({
      expiries: [expiry(365, { rate: fed(-1) })],
      options: [call(1, { strike: 60, volatility: 0 })],
    });

    const scan = plainScan([row(0.1)], { discountsMarks: true });
    expect(profitsOf(scan, negative)[0]).toBeCloseTo(10, 12);
  });

  it('counts coin-settled options in coins at today’s price', () => {
    const inCoins = plainScan([row(0.25)], { numeraire: 'UNDERLYING' });
    const deep = underlying({ options: [call(1, { strike: 50, volatility: 0 })] });

    // 75 ÷ 125 coins, 0.6, less 50 ÷ 100, are 0.1 coins of 100 dollars.
    expect(profitsOf(inCoins, deep)[0]).toBeCloseTo(10, 12);
  });

  it('takes a skew against the book whichever way it turns, expiry by expiry', () => {
    const scan = { ...fullScan, grid: [row(0, 'ABSOLUTE_SKEW')], staticDiscount: null };
    const wing = { strike: 150, volatility: 0.6 };
    const expiries = [expiry(30), expiry(60)];
    const long = call(1, wing);
    const short = call(-1, { ...wing, expiry: 1 });
    const alone = (one: typeof long) =>
      profitsOf(scan, underlying({ expiries, options: [one] }))[0] ?? NaN;

    expect(alone(long)).toBeLessThan(-0.01);
    expect(alone(short)).toBeLessThan(-0.01);
    expect(profitsOf(scan, underlying({ expiries, options: [long, short] }))[0]).toBeCloseTo(
      alone(long) + alone(short),
      10,
    );
  });

  it('leaves forwards alone in a skew scenario', () => {
    const scan = { ...fullScan, grid: [row(0.5, 'LINEAR_SKEW')], staticDiscount: null };
    const atForward = underlying({ options: [call(1)], futures: [perpetual(1)] });

    expect(profitsOf(scan, atForward)).toEqual([expect.closeTo(50, 12)]);
  });

  it('refuses a skew scenario without a skew law', () => {
    const scan = plainScan([row(0, 'LINEAR_SKEW')]);
    expect(() => profitsOf(scan, underlying({ options: [call(1)] }))).toThrow(/skew law/);
  });
});
