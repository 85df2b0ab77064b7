import { describe, expect, it } from 'vitest';
import { isLess, sum, toFloat } from '../../../../subgraphs/shared/units.js';
import type { VenueBook } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import {
  balance,
  book,
  instrumentQuote,
  linear,
  market,
  option,
  secondsAgo,
  venue,
} from '../books.js';
import { marginBy, unified } from './models.js';

const prices = market(
  { BTC: '60000', ETH: '3000', USDT: '1' },
  { 'deribit:BTC-LINEAR': '60000', 'deribit:ETH-OPTION': instrumentQuote('0.02', 'ETH') },
);
const swapAt = (name: string, size: string, seconds: number): VenueBook =>
  venue(
    { positions: [linear({ size, entry: '60000' })], balances: [balance('USD', '50000')] },
    {
      venueAccountId: `${name}:1`,
      venue: name,
      condition:
        seconds === 0
          ? { quality: 'LIVE' }
          : { quality: 'STALE', reason: 'down', since: secondsAgo(seconds) },
    },
  );
const required = (...venues: VenueBook[]) =>
  toFloat(marginBy(unified, book(...venues), prices).initialMargin);

describe('a hedge at a venue that has been silent for longer than the grace', () => {
  it('no longer lowers the requirement, and its collateral no longer counts', () => {
    const [long, short] = [swapAt('deribit', '1', 0), swapAt('okx', '-1', 0)];
    const hedged = required(long, short);
    const silent = marginBy(unified, book(long, swapAt('okx', '-1', 60)), prices);

    expect(required(long, swapAt('okx', '-1', 20))).toBe(hedged);
    expect(required(long)).toBeGreaterThan(5 * hedged);
    // The larger of the long alone, and of both as they were last known.
    expect(toFloat(silent.initialMargin)).toBe(required(long));
    expect(toFloat(silent.collateralValue)).toBe(50_000);
    expect(silent.quality).toBe('STALE');
  });

  it('still raises the requirement where it is a loss', () => {
    const both = [swapAt('deribit', '1', 0), swapAt('okx', '2', 0)] as const;

    expect(required(both[0], swapAt('okx', '2', 60))).toBe(required(...both));
  });

  it('is chosen out of every choice of several such venues', () => {
    // Of −1 and 3 that may be gone: the worst is that the short is, and the long is not.
    const venues = [swapAt('a', '1', 0), swapAt('b', '-1', 60), swapAt('c', '3', 60)];

    expect(required(...venues)).toBe(required(swapAt('a', '1', 0), swapAt('c', '3', 0)));
  });

  it('is not netted at all where more than four venues are silent', () => {
    const silent = ['b', 'c', 'd', 'e', 'f'].map((name) => swapAt(name, '-1', 60));
    const alone = [swapAt('a', '1', 0), ...silent].map((each) => required(each));
    const added = alone.reduce((total, each) => total + each, 0);

    expect(required(swapAt('a', '1', 0), ...silent)).toBeCloseTo(added, 6);
  });

  it('no longer counts the value of its long options, and still owes that of its short ones', () => {
    const at = (size: string, seconds: number) =>
      marginBy(
        unified,
        book(
          venue(
            { positions: [option({ size, type: 'CALL', strike: '3300' })] },
            { condition: { quality: 'STALE', reason: 'down', since: secondsAgo(seconds) } },
          ),
        ),
        prices,
      );

    // 0.02 × 3 000 a unit.
    expect(toFloat(at('10', 20).equity)).toBe(600);
    expect(toFloat(at('10', 60).equity)).toBe(0);
    expect(toFloat(at('-10', 60).equity)).toBe(-600);
  });
});

describe('venues under a model that nets', () => {
  it('each stand alone, and so require more than the account', () => {
    const account = marginBy(
      unified,
      book(swapAt('deribit', '1', 0), swapAt('okx', '-1', 0)),
      prices,
    );
    const alone = account.venues.map(({ initialMargin }) => initialMargin);

    expect(isLess(account.initialMargin, sum(alone))).toBe(true);
    // 16 % of 60 000 and charges on top, alike for long and short, and all of it their positions'.
    expect(alone.map((each) => toFloat(each) >= 9600)).toEqual([true, true]);
    const shares = account.venues.map(({ positions }) => positions[0]?.initialMargin);
    expect(shares).toEqual(alone);
  });
});
