import { describe, expect, it } from 'vitest';
import type { AccountBook } from '../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { snapshotHash } from '../../../subgraphs/margin/domain/account/snapshotHash.js';
import { price, quantity, ratio } from '../../../subgraphs/shared/units.js';
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

/** Everything that a result can depend on, once each. */
const everything = {
  book: book(
    venue({
      positions: [
        linear({ size: '1', entry: '60000', mark: '60900', expiry: daysAhead(9) }),
        option({ size: '-2', type: 'CALL', strike: '3000' }),
      ],
      balances: [balance('USDT', '5000')],
    }),
  ),
  market: {
    ...market(
      { BTC: assetQuote('61000', { confidence: '0.5' }), ETH: '3000', USDT: '1' },
      {
        'deribit:BTC-LINEAR': '61000',
      },
    ),
    haircuts: new Map([['USDT', ratio('0.01')]]),
    forwards: new Map([['ETH', [forward(daysAhead(30), '3010')]]]),
    volatilities: new Map([
      ['deribit:ETH-OPTION', { volatility: ratio('0.6'), confidence: ratio('1') }],
    ]),
    returns: new Map([['BTC', [ratio('-0.1'), ratio('0.2')]]]),
    openInterests: new Map([['deribit:BTC-LINEAR', quantity('9')]]),
  },
};

type Key = string | number;

/** A copy in which what stands at the path is another value. */
function changed<Whole>(whole: Whole, [key, ...rest]: readonly Key[], value: unknown): Whole {
  if (key === undefined) return value as Whole;
  if (whole instanceof Map) {
    return new Map([...whole, [key, changed(whole.get(key) as unknown, rest, value)]]) as Whole;
  }
  const part = changed((whole as Record<Key, unknown>)[key], rest, value);
  return Array.isArray(whole)
    ? (whole.with(Number(key), part) as Whole)
    : { ...whole, [key]: part };
}

const VENUE = ['book', 'venues', 0];
const FUTURE = [...VENUE, 'state', 'positions', 0];
const OPTION = [...VENUE, 'state', 'positions', 1];
const BALANCE = [...VENUE, 'state', 'balances', 0];
const BTC = ['market', 'assets', 'BTC'];
const MARK = ['market', 'instruments', 'deribit:BTC-LINEAR'];
const FORWARD = ['market', 'forwards', 'ETH', 0];
const VOLATILITY = ['market', 'volatilities', 'deribit:ETH-OPTION'];

/** One value each, and another that it may have. */
const CHANGES: readonly (readonly [path: readonly Key[], value: unknown])[] = [
  [[...VENUE, 'venueAccountId'], 'deribit:other'],
  [[...VENUE, 'state'], null],
  [[...VENUE, 'state', 'asOf'], secondsAgo(2)],
  [[...VENUE, 'condition'], { quality: 'DEGRADED', reason: 'slow' }],
  [[...VENUE, 'condition'], { quality: 'DEGRADED', reason: 'late' }],
  [[...FUTURE, 'id'], 'another'],
  [[...FUTURE, 'size'], quantity('2')],
  [[...FUTURE, 'entryPrice'], price('60001')],
  [[...FUTURE, 'markPrice'], price('60901')],
  [[...FUTURE, 'instrument', 'underlying'], 'ETH'],
  [[...FUTURE, 'instrument', 'contractMultiplier'], quantity('0.1')],
  [[...FUTURE, 'instrument', 'settlementCurrency'], 'USD'],
  [[...FUTURE, 'instrument', 'expiry'], daysAhead(10)],
  [[...FUTURE, 'instrument', 'expiry'], null],
  [[...OPTION, 'instrument', 'strike'], price('3001')],
  [[...OPTION, 'instrument', 'optionType'], 'PUT'],
  [[...BALANCE, 'asset'], 'BTC'],
  [[...BALANCE, 'quantity'], quantity('5001')],
  [[...BALANCE, 'location'], 'CUSTODY'],
  [[...BALANCE, 'isSettled'], false],
  [[...BALANCE, 'isCollateral'], false],
  [['market', 'at'], secondsAgo(-1)],
  [[...BTC, 'price'], price('61001')],
  [[...BTC, 'status'], 'STALE'],
  [[...BTC, 'publishedAt'], secondsAgo(2)],
  [[...BTC, 'publishedAt'], secondsAgo(20)],
  [[...BTC, 'confidence'], ratio('0.6')],
  [[...BTC, 'confidence'], undefined],
  [[...MARK, 'price'], price('61001')],
  [[...MARK, 'currency'], 'USD'],
  [['market', 'haircuts', 'USDT'], ratio('0.02')],
  [[...FORWARD, 'expiry'], daysAhead(31)],
  [[...FORWARD, 'price'], price('3011')],
  [[...FORWARD, 'settled'], price('1')],
  [[...FORWARD, 'rate'], ratio('0.07')],
  [[...FORWARD, 'confidence'], ratio('0.7')],
  [[...FORWARD, 'rateConfidence'], ratio('0.7')],
  [[...VOLATILITY, 'volatility'], ratio('0.7')],
  [[...VOLATILITY, 'confidence'], ratio('0.7')],
  [['market', 'returns', 'BTC', 1], ratio('0.3')],
  [['market', 'openInterests', 'deribit:BTC-LINEAR'], quantity('10')],
];

describe('snapshotHash', () => {
  it('is another one for every change of a single value', () => {
    const hashes = new Map([[hash(everything.book, everything.market), 'as it is']]);
    const equal = CHANGES.flatMap(([path, value]) => {
      const { book: of, market: at } = changed(everything, path, value);
      const made = hash(of, at);
      const before = hashes.get(made);
      hashes.set(made, path.join('.'));
      return before === undefined ? [] : [`${path.join('.')} is not told from ${before}`];
    });
    expect(equal).toEqual([]);
  });

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
