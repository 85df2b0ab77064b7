import { describe, expect, it } from 'vitest';
import type { AccountBook } from '../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { snapshotHash } from '../../../subgraphs/margin/domain/account/snapshotHash.js';
import { quantity, ratio } from '../../../subgraphs/shared/units.js';
import {
  assetQuote,
  balance,
  book,
  daysAhead,
  forward,
  linear,
  market,
  NOW,
  option,
  parameters,
  secondsAgo,
  venue,
} from './books.js';

const held = book(
  venue({
    positions: [linear({ size: '1', entry: '60000' })],
    balances: [balance('USDT', '5000')],
  }),
);
const prices = market({ BTC: '61000', USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' });
const hash = (of: AccountBook = held, at: MarketSnapshot = prices) =>
  snapshotHash(of, at, parameters.limits);

describe('snapshotHash', () => {
  it('is the same for the same inputs, a moment later and with prices of other things', () => {
    const later = new Date(NOW.getTime() + 9_000);
    const more = market({ BTC: '61000', USDT: '1', SOL: '140' }, { 'deribit:BTC-LINEAR': '61000' });

    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(held, { ...more, at: later })).toBe(hash());
  });

  it('is another one when time makes an input too old', () => {
    expect(hash(held, { ...prices, at: new Date(NOW.getTime() + 10_001) })).not.toBe(hash());
  });

  it('is another one each moment where the distance to an expiry or the age of a price counts', () => {
    const later = (at: MarketSnapshot) => ({ ...at, at: new Date(at.at.getTime() + 1) });
    const call = book(venue({ positions: [option({ size: '1', type: 'CALL', strike: '3000' })] }));
    const dated = book(
      venue({ positions: [linear({ size: '1', entry: '60000', expiry: daysAhead(9) })] }),
    );
    const aged = { ...prices, at: new Date(NOW.getTime() + 20_000) };

    expect(hash(call, later(prices))).not.toBe(hash(call));
    expect(hash(dated, later(prices))).not.toBe(hash(dated));
    expect(hash(held, later(aged))).not.toBe(hash(held, aged));
    expect(hash(held, later(prices))).toBe(hash());
  });

  it('does not depend on the order of the forwards', () => {
    const forwards = [forward(daysAhead(7), '61100'), forward(daysAhead(30), '61500')];
    const ordered = { ...prices, forwards: new Map([['BTC', forwards]]) };
    const reversed = { ...prices, forwards: new Map([['BTC', forwards.toReversed()]]) };

    expect(hash(held, ordered)).toBe(hash(held, reversed));
    expect(hash(held, ordered)).not.toBe(hash());
  });

  it('is another one when a venue has been STALE for longer than the grace', () => {
    const since = secondsAgo(29);
    const stale = book(venue({}, { condition: { quality: 'STALE', reason: 'down', since } }));
    const secondsLater = (seconds: number) =>
      hash(stale, { ...prices, at: new Date(NOW.getTime() + seconds * 1_000) });

    expect(secondsLater(1)).toBe(secondsLater(0));
    expect(secondsLater(2)).not.toBe(secondsLater(0));
  });

  it.each<[string, AccountBook, MarketSnapshot]>([
    ['a price', held, { ...prices, assets: new Map([['BTC', assetQuote('61001')]]) }],
    ['a haircut', held, { ...prices, haircuts: new Map([['USDT', ratio('0.01')]]) }],
    ['a balance', book(venue({ balances: [balance('USDT', '5001')] })), prices],
    [
      'a strike',
      book(venue({ positions: [option({ size: '1', type: 'CALL', strike: '3000' })] })),
      prices,
    ],
    [
      'an expiry',
      book(venue({ positions: [linear({ size: '1', entry: '60000', expiry: daysAhead(9) })] })),
      prices,
    ],
    [
      'how far a price is vouched for',
      held,
      market({ BTC: assetQuote('61000', { confidence: '0.5' }), USDT: '1' }),
    ],
    ['a past return', held, { ...prices, returns: new Map([['BTC', [ratio('-0.1')]]]) }],
    [
      'how much is open',
      held,
      { ...prices, openInterests: new Map([['deribit:BTC-LINEAR', quantity('9')]]) },
    ],
    [
      'a volatility',
      held,
      {
        ...prices,
        volatilities: new Map([
          ['deribit:BTC-LINEAR', { volatility: ratio('0.6'), confidence: ratio('1') }],
        ]),
      },
    ],
    [
      'the trust in a venue',
      book({
        ...venue({}),
        condition: { quality: 'STALE', reason: 'down', since: secondsAgo(1) },
      }),
      prices,
    ],
  ])('is another one for another value of %s', (_, of, at) => {
    expect(hash(of, at)).not.toBe(hash());
  });
});
