import { describe, expect, it } from 'vitest';
import { ratio, usd } from '../../../subgraphs/shared/units.js';
import {
  assetQuote,
  balance,
  book,
  evaluate,
  instrumentQuote,
  inverse,
  linear,
  market,
  marginOf,
  NOW,
  option,
  secondsAgo,
  venue,
} from './books.js';

const hedged = book(
  venue(
    {
      positions: [inverse({ size: '-1220', multiplier: '100', entry: '61000' })],
      balances: [balance('BTC', '2')],
    },
    { venueAccountId: 'deribit:1', venue: 'deribit' },
  ),
  venue(
    {
      positions: [linear({ size: '2', entry: '60000' })],
      balances: [balance('USDT', '10000'), balance('ETH', '-1')],
    },
    { venueAccountId: 'okx:7', venue: 'okx' },
  ),
);

const prices = market(
  { BTC: '61000', ETH: '3000', USDT: '1' },
  {
    'deribit:BTC-LINEAR': '61000',
    'deribit:BTC-INVERSE': instrumentQuote('61000', 'USD'),
  },
);

describe('the standard margin of an account', () => {
  it('is the sum of its venues, with nothing for futures that hedge each other', () => {
    const account = marginOf(hedged, prices);

    // deribit: 2 × 61 000 × 0.95 = 115 900 held; notional 122 000, IM 6.6 %, MM 5 %.
    expect(account.venues[0]).toMatchObject({
      equity: usd('115900'),
      initialMargin: usd('8052'),
      maintenanceMargin: usd('6100'),
      freeCollateral: usd('107848'),
      marginRatio: ratio('19'),
    });
    // okx: 10 000 − 3 000 held and owed; profit 2 × 1 000; notional 122 000.
    expect(account.venues[1]).toMatchObject({
      collateralValue: usd('7000'),
      unrealizedPnl: usd('2000'),
      equity: usd('9000'),
      initialMargin: usd('8052'),
      freeCollateral: usd('948'),
    });
    expect(account).toMatchObject({
      model: 'standard',
      parameterSet: { name: 'standard-2' },
      quality: 'LIVE',
      reasons: [],
      asOf: NOW,
      collateralValue: usd('122900'),
      unrealizedPnl: usd('2000'),
      equity: usd('124900'),
      initialMargin: usd('16104'),
      maintenanceMargin: usd('12200'),
      freeCollateral: usd('108796'),
      marginRatio: ratio('10.237704918032786885'), // 124 900 ÷ 12 200, rounded down
    });
  });

  it('gives no credit for long options, and shows what they are worth', () => {
    const withOption = book(
      venue({ positions: [option({ size: '10', type: 'CALL', strike: '3000' })] }),
    );
    const priced = market(
      { ETH: '3000' },
      { 'deribit:ETH-OPTION': instrumentQuote('0.02', 'ETH') },
    );

    expect(marginOf(withOption, priced)).toMatchObject({
      optionValue: usd('600'),
      equity: usd('0'),
      initialMargin: usd('0'),
      marginRatio: null,
    });
  });

  it('of an account without venues requires nothing', () => {
    expect(marginOf(book(), prices)).toMatchObject({
      equity: usd('0'),
      marginRatio: null,
      asOf: NOW,
      venues: [],
    });
  });

  it('is as old as its oldest input', () => {
    const older = market(
      { BTC: assetQuote('61000', { publishedAt: secondsAgo(4) }) },
      { 'deribit:BTC-INVERSE': instrumentQuote('61000', 'USD') },
    );
    const held = venue({ balances: [balance('BTC', '1')] });

    expect(marginOf(book(held), older).asOf).toEqual(secondsAgo(4));
  });

  it('is not known while one venue was never seen, and the others keep theirs', () => {
    const unseen = venue(
      {},
      {
        venueAccountId: 'bybit:3',
        venue: 'bybit',
        state: null,
        condition: { quality: 'STALE', reason: 'it has not been reached yet', since: NOW },
      },
    );
    const silent = { venue: 'bybit', reason: 'it has not been reached yet' };

    const { account, venues } = evaluate(book(...hedged.venues, unseen), prices);

    expect(account).toEqual({ kind: 'unknown', id: 'fund-1', unpriced: [], venues: [silent] });
    expect(venues.map(({ kind }) => kind)).toEqual(['unknown', 'known', 'known']);
  });

  it('is not known when there is nothing to value a position with', () => {
    const { account } = evaluate(hedged, market({}));

    expect(account).toMatchObject({ kind: 'unknown', unpriced: ['BTC', 'ETH', 'USDT'] });
  });

  it('is not known when a venue reports more dollars than there are', () => {
    const absurd = venue({ balances: [balance('USD', '1000000000000000001')] });

    expect(evaluate(book(absurd), prices).account).toMatchObject({
      kind: 'unknown',
      venues: [{ venue: 'deribit', reason: 'it reports more than 10¹⁸ dollars' }],
    });
  });
});
