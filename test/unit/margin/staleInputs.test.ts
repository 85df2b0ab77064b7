import { describe, expect, it } from 'vitest';
import { usd } from '../../../subgraphs/shared/units.js';
import type { VenueCondition } from '../../../subgraphs/margin/domain/account/accountBook.js';
import { nextAgeing } from '../../../subgraphs/margin/domain/account/freshness.js';
import {
  assetQuote,
  balance,
  book,
  instrumentQuote,
  linear,
  market,
  NOW,
  option,
  parameters,
  secondsAgo,
  venue,
  venueMarginOf,
} from './books.js';

describe('a price that is not fresh', () => {
  const held = venue({ balances: [balance('USDT', '100')] });
  const withPrice = (more: Parameters<typeof assetQuote>[1]) =>
    venueMarginOf(held, market({ USDT: assetQuote('1', more) }));

  it.each([
    ['STALE', 'STALE', 0],
    ['DEGRADED', 'DEGRADED', 0],
    ['OK', 'LIVE', 10],
    ['OK', 'STALE', 10.001],
    ['OK', 'STALE', -10.001], // A clock that is ahead says nothing about the age.
  ] as const)('of status %s is used and makes the result %s at %d s', (status, quality, age) => {
    expect(withPrice({ status, publishedAt: secondsAgo(age) })).toMatchObject({
      collateralValue: usd('100'),
      quality,
      reasons: quality === 'LIVE' ? [] : [`The price of USDT is ${quality.toLowerCase()}.`],
    });
  });
});

describe('an instrument that the oracle does not price', () => {
  const position = linear({ size: '1', entry: '60000' });
  const withQuote = (quote: ReturnType<typeof instrumentQuote>) =>
    venueMarginOf(
      venue({ positions: [position] }),
      market({ BTC: '61000', USDT: '1' }, { 'deribit:BTC-LINEAR': quote }),
    );

  it.each([
    ['halted', instrumentQuote('70000', 'USDT', { status: 'HALTED' })],
    ['in another currency', instrumentQuote('70000', 'USD')],
    ['not positive', instrumentQuote('0', 'USDT')],
  ])('because its price is %s degrades the result, which is then cautious', (_, quote) => {
    expect(withQuote(quote)).toMatchObject({
      quality: 'DEGRADED',
      reasons: [
        "No usable price for deribit:BTC-LINEAR: the worse of the venue's mark and the index stands in.",
      ],
      unrealizedPnl: usd('0'), // At the venue's 60 000, not at the index of 61 000.
    });
  });
});

describe('a venue that is STALE', () => {
  const holding = (condition: VenueCondition) =>
    venueMarginOf(
      venue(
        {
          positions: [
            linear({ size: '1', entry: '60000', id: 'winner' }),
            linear({ size: '-1', entry: '60500', id: 'loser' }),
          ],
          balances: [balance('USDT', '5000'), balance('BTC', '-0.01')],
        },
        { condition },
      ),
      market({ BTC: '61000', USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' }),
    );
  const staleFor = (seconds: number) =>
    holding({ quality: 'STALE', reason: 'the connection is down', since: secondsAgo(seconds) });
  const before = holding({ quality: 'LIVE' });

  it('keeps its last state within the grace, and says so', () => {
    expect(staleFor(30)).toEqual({
      ...before,
      quality: 'STALE',
      reasons: ['The last known state of deribit stands in: the connection is down.'],
    });
  });

  it('loses collateral and gains after it, and keeps losses, debts and requirements', () => {
    expect(before).toMatchObject({ collateralValue: usd('4390'), unrealizedPnl: usd('500') });
    expect(staleFor(30.001)).toMatchObject({
      quality: 'STALE',
      reasons: [
        'Collateral and gains at deribit no longer count: its state is too old.',
        'The last known state of deribit stands in: the connection is down.',
      ],
      collateralValue: usd('-610'),
      unrealizedPnl: usd('-500'),
      initialMargin: before.initialMargin,
      maintenanceMargin: before.maintenanceMargin,
    });
  });

  it('differs from one that calls its own data DEGRADED, which loses nothing', () => {
    expect(holding({ quality: 'DEGRADED', reason: 'one field is missing' })).toEqual({
      ...before,
      quality: 'DEGRADED',
      reasons: ['The state of deribit is degraded: one field is missing.'],
    });
  });
});

describe('nextAgeing', () => {
  const { limits } = parameters;

  it('is the first moment after which a price or a venue is too old', () => {
    const since = secondsAgo(25);
    const stale = venue({}, { condition: { quality: 'STALE', reason: 'down', since } });
    const prices = market({ BTC: assetQuote('1', { publishedAt: secondsAgo(3) }) });

    expect(nextAgeing(book(stale), prices, limits)).toBe(NOW.getTime() + 5_001);
    expect(nextAgeing(book(venue({})), prices, limits)).toBe(NOW.getTime() + 7_001);
  });

  it('is never when everything has aged already, or cannot', () => {
    const old = market({ BTC: assetQuote('1', { publishedAt: secondsAgo(60) }) });

    expect(nextAgeing(book(venue({})), old, limits)).toBe(Infinity);
  });

  it('is ten seconds away at most for options, whose value goes with time', () => {
    const fresh = market({ ETH: '3000', BTC: '60000' });
    const future = linear({ size: '1', entry: '60000' });
    const call = option({ size: '1', type: 'CALL', strike: '3000' });

    expect(nextAgeing(book(venue({ positions: [future] })), fresh, parameters.limits)).toBe(
      NOW.getTime() + 10_001,
    );
    expect(nextAgeing(book(venue({ positions: [future, call] })), fresh, parameters.limits)).toBe(
      NOW.getTime() + 10_000,
    );
  });
});
