import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optionTotals } from '../../../../subgraphs/margin/domain/scenario/optionTotals.js';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scanResult } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import {
  anyOption,
  anyUnderlying,
  call,
  DAY,
  expiry,
  fullScan,
  LINE_COUNT,
  perpetual,
  put,
  roundingOf,
  scaledBy,
  together,
  underlying,
} from './riskBooks.js';
import { lossOf, plain, profitsOf } from './scans.js';

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
