import { describe, expect, it } from 'vitest';
import { price, usd } from '../../../subgraphs/shared/units.js';
import {
  book,
  evaluate,
  instrumentQuote,
  inverse,
  linear,
  market,
  option,
  positionMarginOf,
  venue,
} from './books.js';

describe('the value of a linear future', () => {
  it('is size × multiplier × (mark − entry) in the settlement currency, in dollars', () => {
    const prices = market({ USDT: '0.999' }, { 'deribit:BTC-LINEAR': '61000' });
    const position = linear({ size: '200', multiplier: '0.01', entry: '58000' });

    expect(positionMarginOf(position, prices)).toMatchObject({
      markPrice: price('60939'), // 61 000 × 0.999
      unrealizedPnl: usd('5994'), // 200 × 0.01 × 3 000 × 0.999
      notional: usd('121878'), // 200 × 0.01 × 61 000 × 0.999
      optionValue: usd('0'),
    });
  });

  it('is negative for a short when the price rises', () => {
    const prices = market({ USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' });
    const position = linear({ size: '-2', entry: '58000' });

    expect(positionMarginOf(position, prices)).toMatchObject({
      unrealizedPnl: usd('-6000'),
      notional: usd('122000'),
    });
  });
});

describe('the value of an inverse future', () => {
  const inDollars = (text: string) => instrumentQuote(text, 'USD');

  it('is size × multiplier × (1/entry − 1/mark) of the underlying, at its index price', () => {
    const prices = market({ BTC: '62000' }, { 'deribit:BTC-INVERSE': inDollars('62500') });
    const position = inverse({ size: '1000', multiplier: '100', entry: '50000' });

    // 100 000 × (1/50 000 − 1/62 500) = 2 − 1.6 = 0.4 BTC; × 62 000.
    expect(positionMarginOf(position, prices)).toMatchObject({
      markPrice: price('62500'),
      unrealizedPnl: usd('24800'),
      notional: usd('100000'),
    });
  });

  it('rounds profit and loss alike against the account', () => {
    const prices = market({ BTC: '1' }, { 'deribit:BTC-INVERSE': inDollars('7') });
    const pnl = (size: string) =>
      positionMarginOf(inverse({ size, entry: '3' }), prices).unrealizedPnl;

    // 1/3 − 1/7 = 4/21 = 0.190476190476190476|19…
    expect(pnl('1')).toEqual(usd('0.190476190476190476'));
    expect(pnl('-1')).toEqual(usd('-0.190476190476190477'));
  });
});

describe('the value of an option', () => {
  it('is size × multiplier × mark, in dollars, and no profit', () => {
    const prices = market(
      { ETH: '3000' },
      { 'deribit:ETH-OPTION': instrumentQuote('0.02', 'ETH') },
    );
    const position = option({ size: '-10', multiplier: '0.1', type: 'CALL', strike: '3300' });

    expect(positionMarginOf(position, prices)).toMatchObject({
      markPrice: price('60'), // 0.02 × 3 000
      optionValue: usd('-60'), // −10 × 0.1 × 60
      unrealizedPnl: usd('0'),
      notional: usd('3000'), // 10 × 0.1 × the index
    });
  });

  it('may be nothing', () => {
    const prices = market({ ETH: '3000' }, { 'deribit:ETH-OPTION': instrumentQuote('0', 'ETH') });
    const position = option({ size: '1', type: 'CALL', strike: '9000', mark: '0.5' });

    expect(positionMarginOf(position, prices).optionValue).toEqual(usd('0'));
  });
});

describe('a position that the oracle does not price', () => {
  it('takes the end between the venue’s mark and the index that is worse for its profit', () => {
    const prices = market({ BTC: '60000', USDT: '1' });
    const pnl = (size: string) =>
      positionMarginOf(linear({ size, entry: '59000', mark: '60500' }), prices).unrealizedPnl;

    expect(pnl('1')).toEqual(usd('1000')); // At the index, 60 000.
    expect(pnl('-1')).toEqual(usd('-1500')); // At the venue's mark, 60 500.
  });

  it('takes the larger notional, whichever way it is held', () => {
    const prices = market({ BTC: '60000', USDT: '1' });
    const notional = (size: string) =>
      positionMarginOf(linear({ size, entry: '59000', mark: '60500' }), prices).notional;

    expect([notional('1'), notional('-1')]).toEqual([usd('60500'), usd('60500')]);
  });

  it('converts the index into the price currency', () => {
    // 60 000 dollars are 120 000 of a currency that is worth half a dollar.
    const prices = market({ BTC: '60000', USDT: '0.5' });
    const position = linear({ size: '1', entry: '100000', mark: '130000' });

    expect(positionMarginOf(position, prices).unrealizedPnl).toEqual(usd('10000'));
  });

  it('is not valued on the venue’s word alone', () => {
    const position = linear({ size: '1', entry: '59000', mark: '60500' });

    expect(
      evaluate(book(venue({ positions: [position] })), market({ USDT: '1' })).account,
    ).toMatchObject({ kind: 'unknown', unpriced: ['BTC'] });
  });

  it('holds a short option at what it would be worth if exercised, when that is more', () => {
    const prices = market({ ETH: '3000' });
    const short = option({ size: '-1', type: 'PUT', strike: '3600', mark: '0.1' });
    const long = option({ size: '1', type: 'PUT', strike: '3600', mark: '0.1' });

    // Mark 0.1 × 3 000 = 300; exercised 3 600 − 3 000 = 600.
    expect(positionMarginOf(short, prices).optionValue).toEqual(usd('-600'));
    expect(positionMarginOf(long, prices).optionValue).toEqual(usd('300'));
  });
});
