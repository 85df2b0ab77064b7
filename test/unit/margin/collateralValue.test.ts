import { describe, expect, it } from 'vitest';
import { price, quantity, ratio, usd } from '../../../subgraphs/shared/units.js';
import type { Balance } from '../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { assetQuote, balance, book, evaluate, market, venue, venueMarginOf } from './books.js';

const prices = market({ BTC: '60000', USDT: '0.999' });

const valued = (of: Balance, at: MarketSnapshot = prices) =>
  venueMarginOf(venue({ balances: [of] }), at);

describe('the value of collateral', () => {
  it('is quantity × price after the haircut', () => {
    expect(valued(balance('BTC', '0.5')).collateral).toEqual([
      {
        assetId: 'BTC',
        quantity: quantity('0.5'),
        price: price('60000'),
        marketValue: usd('30000'),
        haircut: ratio('0.05'),
        creditedValue: usd('28500'), // 30 000 × 0.95
      },
    ]);
  });

  it('is rounded down', () => {
    const dust = valued(balance('USDT', '0.000000000000000001'));

    expect(dust.collateralValue).toEqual(usd('0'));
  });

  it('is one dollar a dollar', () => {
    expect(valued(balance('USD', '12.5'))).toMatchObject({
      quality: 'LIVE',
      collateralValue: usd('12.5'),
    });
  });

  it('of what is borrowed is owed in full, without a haircut', () => {
    expect(valued(balance('BTC', '-0.5')).collateral[0]).toMatchObject({
      marketValue: usd('-30000'),
      haircut: ratio('0'),
      creditedValue: usd('-30000'),
    });
  });

  it('counts nothing in transit or switched off, but all that is owed', () => {
    const creditedOf = (amount: string, more: Partial<Balance>) =>
      valued(balance('BTC', amount, more)).collateralValue;

    expect(creditedOf('1', { isSettled: false })).toEqual(usd('0'));
    expect(creditedOf('1', { isCollateral: false })).toEqual(usd('0'));
    expect(creditedOf('-1', { isSettled: false })).toEqual(usd('-60000'));
    expect(creditedOf('-1', { isCollateral: false })).toEqual(usd('-60000'));
  });

  it('of an asset without a price counts for nothing, and says so', () => {
    expect(valued(balance('ETH', '3'))).toMatchObject({
      quality: 'DEGRADED',
      reasons: ['No usable price for ETH: it counts for nothing.'],
      collateralValue: usd('0'),
      collateral: [{ assetId: 'ETH', price: null, marketValue: usd('0') }],
    });
  });

  it('is not known when a borrowed asset has no price', () => {
    const owing = book(venue({ balances: [balance('ETH', '-3'), balance('BTC', '9')] }));

    expect(evaluate(owing, prices).account).toEqual({
      kind: 'unknown',
      id: 'fund-1',
      unpriced: ['ETH'],
      venues: [],
    });
  });

  it('of an asset that nobody registered counts for nothing, and says so', () => {
    expect(valued(balance('DOGE', '3'), market({ DOGE: '1' }))).toMatchObject({
      quality: 'DEGRADED',
      reasons: ['DOGE is not a registered asset: it counts for nothing.'],
      collateralValue: usd('0'),
      collateral: [{ marketValue: usd('3'), haircut: ratio('1') }],
    });
  });

  it('takes a halted price, or one of nothing, for no price', () => {
    const halted = market({ BTC: assetQuote('60000', { status: 'HALTED' }) });
    const worthless = market({ BTC: '0' });

    expect(valued(balance('BTC', '1'), halted).collateral[0]?.price).toBeNull();
    expect(valued(balance('BTC', '1'), worthless).collateral[0]?.price).toBeNull();
  });
});
