import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { optionTotals } from '../../../../subgraphs/margin/domain/scenario/optionTotals.js';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import {
  scanProfits,
  scanResult,
  worstScenario,
} from '../../../../subgraphs/margin/domain/scenario/scan.js';
import type { ScanComponent } from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import { black76 } from '../../../../subgraphs/shared/pricing/black76.js';
import {
  anyOption,
  anyUnderlying,
  call,
  coins,
  DAY,
  expiry,
  fed,
  fullScan,
  LINE_COUNT,
  perpetual,
  plainGrid,
  plainScan,
  put,
  roundingOf,
  row,
  scaledBy,
  together,
  underlying,
} from './riskBooks.js';

const profitsOf = (scan: ScanComponent, book: UnderlyingRisk) => [
  ...scanProfits(preparedScan(scan, book)),
];

const lossOf = (scan: ScanComponent, book: UnderlyingRisk) =>
  scanResult('SCAN', scan, book, LINE_COUNT).requirement.amount;

const plain = plainScan(plainGrid);

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

describe('scanResult', () => {
  it('names the worst scenario, and what each line loses in it', () => {
    const book = underlying({
      futures: [perpetual(2, { line: 3 }), perpetual(-1, { line: 5 })],
    });
    const { requirement, profits } = scanResult('SCAN', plainScan([row(0.1), row(-0.2)]), book, 6);

    expect(requirement.detail).toBe('-20% NONE, the worst of 2');
    expect([...requirement.shares]).toEqual([0, 0, 0, 40, 0, -20]);
    expect(profits).toEqual([
      { name: '+10% NONE', spotShock: 0.1, volatilityShock: 'NONE', weight: 1, profit: 10 },
      { name: '-20% NONE', spotShock: -0.2, volatilityShock: 'NONE', weight: 1, profit: -20 },
    ]);
  });

  it('requires nothing where no scenario loses', () => {
    const { requirement } = scanResult('SCAN', plainScan([row(0.1)]), underlying(), 2);

    expect(requirement).toMatchObject({ amount: 0, of: 'BTC', detail: 'no scenario loses' });
  });

  it('takes the first of the worst', () => {
    expect(worstScenario(Float64Array.of(1, -5, -7, -7))).toBe(2);
    expect(worstScenario(Float64Array.of(0, 3))).toBeNull();
  });
});

describe('a scan, for any book', () => {
  it('requires no more together than apart', () => {
    fc.assert(
      fc.property(anyUnderlying, anyUnderlying, (one, other) => {
        const apart = lossOf(plain, one) + lossOf(plain, other);
        const both = together(one, other);
        expect(lossOf(plain, both)).toBeLessThanOrEqual(apart + roundingOf(both));
      }),
    );
  });

  it('grows in proportion to the book', () => {
    fc.assert(
      fc.property(anyUnderlying, fc.double({ min: 0, max: 100, noNaN: true }), (book, factor) => {
        const larger = scaledBy(factor, book);
        const difference = lossOf(fullScan, larger) - factor * lossOf(fullScan, book);
        expect(Math.abs(difference)).toBeLessThanOrEqual(roundingOf(larger));
      }),
    );
  });

  it('is the same in any order and on any lines', () => {
    fc.assert(
      fc.property(anyUnderlying, (book) => {
        const turned = {
          ...book,
          options: book.options.toReversed().map((one, i) => ({ ...one, line: i })),
          futures: book.futures.toReversed(),
        };
        const difference = lossOf(fullScan, turned) - lossOf(fullScan, book);
        expect(Math.abs(difference)).toBeLessThanOrEqual(roundingOf(book));
      }),
    );
  });

  it('is the same when positions are split over venues', () => {
    fc.assert(
      fc.property(anyUnderlying, fc.double({ min: -3, max: 4, noNaN: true }), (book, part) => {
        const split = together(scaledBy(part, book), scaledBy(1 - part, book));
        const difference = lossOf(fullScan, split) - lossOf(fullScan, book);
        expect(Math.abs(difference)).toBeLessThanOrEqual(10 * roundingOf(book));
      }),
    );
  });

  it('never falls when scenarios are added, and is never negative', () => {
    fc.assert(
      fc.property(anyUnderlying, fc.nat(fullScan.grid.length), (book, count) => {
        const fewer = lossOf({ ...fullScan, grid: fullScan.grid.slice(0, count) }, book);
        expect(fewer).toBeGreaterThanOrEqual(0);
        expect(lossOf(fullScan, book)).toBeGreaterThanOrEqual(fewer - roundingOf(book));
      }),
    );
  });

  it('requires nothing of a book and its exact opposite', () => {
    fc.assert(
      fc.property(anyUnderlying, (book) => {
        const flat = together(book, scaledBy(-1, book));
        expect(lossOf(fullScan, flat)).toBeLessThanOrEqual(roundingOf(flat));
      }),
    );
  });

  it('shares its amount out by line', () => {
    fc.assert(
      fc.property(anyUnderlying, (book) => {
        const { requirement, profits } = scanResult('SCAN', fullScan, book, LINE_COUNT);
        const worst = Math.max(0, ...profits.map(({ profit }) => -profit));
        const shared = requirement.shares.reduce((sum, share) => sum + share, 0);
        expect(Math.abs(requirement.amount - worst)).toBeLessThanOrEqual(roundingOf(book));
        expect(Math.abs(shared - worst)).toBeLessThanOrEqual(roundingOf(book));
      }),
    );
  });

  it('keeps call less put equal to the forward less the strike in every scenario', () => {
    fc.assert(
      fc.property(anyUnderlying, anyOption, (book, option) => {
        const quantity = 1;
        const long = { ...option, quantity, isCall: true };
        const short = { ...option, quantity: -quantity, isCall: false };
        // The same exposure as a call with a strike so low that it is a forward, less cash.
        const deep = { ...long, strike: 1e-9, volatility: 0 };
        const parity = { ...book, options: [long, short], futures: [], collateral: [] };
        const forward = { ...parity, options: [deep] };
        const expected = profitsOf(plain, forward);
        const apart = profitsOf(plain, parity).map((profit, s) =>
          Math.abs(profit - (expected[s] ?? NaN)),
        );
        expect(Math.max(...apart)).toBeLessThanOrEqual(1e-9 * (1000 + option.strike));
      }),
    );
  });

  it('never takes more from bought options than they are worth', () => {
    const bought = fc.array(anyOption, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(bought, anyUnderlying, (some, book) => {
        const options = some.map((one) => ({ ...one, quantity: Math.abs(one.quantity) }));
        const long = { ...book, options, futures: [], collateral: [] };
        const prepared = preparedScan(plain, long);
        const { today } = optionTotals(prepared.market, prepared.options);
        const worth = today.reduce((sum, one) => sum + one, 0);
        expect(lossOf(plain, long)).toBeLessThanOrEqual(worth + roundingOf(long));
      }),
    );
  });

  it('takes from a bought call spread at most its premium, and from a sold one its width', () => {
    const strikes = fc.tuple(
      fc.double({ min: 20, max: 200, noNaN: true }),
      fc.double({ min: 1, max: 100, noNaN: true }),
    );
    fc.assert(
      fc.property(
        strikes,
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        ([low, width], volatility) => {
          const legs = (side: number) => [
            call(side, { strike: low, volatility }),
            call(-side, { strike: low + width, volatility }),
          ];
          expect(lossOf(plain, underlying({ options: legs(1) }))).toBeLessThanOrEqual(width + 1e-9);
          expect(lossOf(plain, underlying({ options: legs(-1) }))).toBeLessThanOrEqual(
            width + 1e-9,
          );
        },
      ),
    );
  });

  it('finds no risk in a box', () => {
    fc.assert(
      fc.property(anyUnderlying, fc.nat(4), (book, place) => {
        const leg = { expiry: place, volatility: 0.7 };
        const options = [
          call(1, { ...leg, strike: 90 }),
          put(-1, { ...leg, strike: 90 }),
          call(-1, { ...leg, strike: 120 }),
          put(1, { ...leg, strike: 120 }),
        ];
        const box = { ...book, options, futures: [], collateral: [] };
        expect(lossOf(plain, box)).toBeLessThan(1e-9);
      }),
    );
  });

  it('earns on a linear contract what coins times price say of the inverse one', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (units) => {
        const linear = underlying({ futures: [perpetual(units)] });
        const inverse = underlying({
          futures: [perpetual(units * 100, { contract: 'INVERSE' })],
        });
        const inCoins = profitsOf({ ...plain, numeraire: 'UNDERLYING' }, inverse);
        const inDollars = profitsOf(plain, linear);
        const atShocked = plain.grid.map(
          ({ spotShock }, s) => (inCoins[s] ?? NaN) * (1 + spotShock),
        );
        expect(atShocked).toEqual(inDollars.map((profit) => expect.closeTo(profit, 8) as number));
      }),
    );
  });

  it('prices nothing at the day of expiry but what exercising pays', () => {
    const expired = underlying({
      expiries: [expiry(0, { forwardFixed: 100 }), expiry(30 / DAY, { forwardFixed: 0 })],
      options: [call(-1, { strike: 60 }), put(1, { strike: 60 })],
    });

    expect(profitsOf(fullScan, expired).every((profit) => Math.abs(profit) < 1e-9)).toBe(true);
  });
});
