import { describe, expect, it } from 'vitest';
import { price, priceFloor, ratio, usd, type Price } from '../../../../subgraphs/shared/units.js';
import type {
  FutureInstrument,
  OptionInstrument,
  Position,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type { ValuedPosition } from '../../../../subgraphs/margin/domain/account/valuedPosition.js';
import { PositionError } from '../../../../subgraphs/margin/domain/portfolio/positionError.js';
import { positionExposure } from '../../../../subgraphs/margin/domain/portfolio/positionExposure.js';
import {
  assetQuote,
  daysAhead,
  forward,
  instrumentQuote,
  inverse,
  linear,
  market,
  NOW,
  option,
} from '../books.js';

const line = { venueAccountId: 'deribit:1', id: 'p-1', kind: 'POSITION' as const };
const spot = { price: 3_000, confidence: 0.9 };
const prices = market(
  { BTC: '60000', ETH: assetQuote('3000', { confidence: '0.9' }), USDT: '0.5', EUR: '1.25' },
  {
    'deribit:BTC-LINEAR': instrumentQuote('61000', 'USDT', { confidence: '0.8' }),
    'deribit:BTC-INVERSE': instrumentQuote('61000', 'USD', { confidence: '0.7' }),
  },
);

const nothing = { notional: usd('0'), unrealizedPnl: usd('0'), optionValue: usd('0') };

/** @param mark USD per unit of the underlying. */
const valuedFuture = (
  position: Position,
  mark: string | Price,
  more: Partial<FutureInstrument> = {},
): ValuedPosition => ({
  kind: 'FUTURE',
  position,
  instrument: { ...(position.instrument as FutureInstrument), ...more },
  markPrice: typeof mark === 'string' ? price(mark) : mark,
  ...nothing,
});
const valuedOption = (position: Position, mark: string | Price): ValuedPosition => ({
  kind: 'OPTION',
  position,
  instrument: position.instrument as OptionInstrument,
  indexPrice: price('3000'),
  markPrice: typeof mark === 'string' ? price(mark) : mark,
  ...nothing,
});

function read(valued: ValuedPosition, at: MarketSnapshot = prices, bound: number | null = null) {
  const notes: string[] = [];
  const exposure = positionExposure(valued, {
    market: at,
    line,
    spot,
    missingVolatility: bound,
    note: (quality, reason) => notes.push(`${quality} ${reason}`),
  });
  return { exposure, notes };
}
const exposureOf = (...of: Parameters<typeof read>) => read(...of).exposure;

/** 10 to the power of `ten` tens. */
const tens = (ten: number): Price => priceFloor(Array<Price>(ten).fill(price('10000000000')));

describe('the exposure of a future', () => {
  it('is linear in units of the underlying, paid in its settlement currency', () => {
    const perpetual = linear({ size: '-3', entry: '1', multiplier: '10' });

    // 30 000 dollars are 60 000 of a currency of half a dollar.
    expect(exposureOf(valuedFuture(perpetual, '30000'))).toEqual({
      kind: 'FUTURE',
      line,
      underlying: 'BTC',
      expiry: null,
      confidence: 0.8,
      risk: { contract: 'LINEAR', quantity: -30, mark: 60_000, pointValue: 0.5, pays: null },
    });
  });

  it('is inverse in dollars that the contracts stand for, each a point', () => {
    const dated = inverse({ size: '3', entry: '1', multiplier: '100', expiry: daysAhead(30) });

    expect(exposureOf(valuedFuture(dated, '60000'))).toEqual({
      kind: 'FUTURE',
      line,
      underlying: 'BTC',
      expiry: daysAhead(30),
      confidence: 0.7,
      risk: { contract: 'INVERSE', quantity: 300, mark: 60_000, pointValue: 1, pays: null },
    });
  });

  it('is inverse in dollars too where the contracts are of another currency', () => {
    const euros = inverse({ size: '3', entry: '1', multiplier: '100' });

    // 300 euros are 375 dollars, and 75 000 dollars 60 000 euros.
    expect(exposureOf(valuedFuture(euros, '75000', { priceCurrency: 'EUR' })).risk).toMatchObject({
      quantity: 375,
      mark: 60_000,
    });
  });

  it('is quanto where a coin pays for moves in another currency', () => {
    const quanto = valuedFuture(linear({ size: '2', entry: '1' }), '75000', {
      priceCurrency: 'EUR',
      settlementCurrency: 'ETH',
    });

    expect(exposureOf(quanto).risk).toEqual({
      contract: 'QUANTO',
      quantity: 2,
      mark: 60_000,
      pointValue: 3_000,
      pays: 'ETH',
    });
  });

  it('is linear where dollars pay for moves in another currency', () => {
    const paidInDollars = valuedFuture(linear({ size: '2', entry: '1' }), '75000', {
      priceCurrency: 'EUR',
      settlementCurrency: 'USD',
    });

    expect(exposureOf(paidInDollars).risk).toEqual({
      contract: 'LINEAR',
      quantity: 2,
      mark: 60_000,
      pointValue: 1,
      pays: null,
    });
  });

  it('is vouched for by nobody where no feed prices the contract', () => {
    const unknown = linear({ size: '2', entry: '1', underlying: 'ETH' });

    expect(exposureOf(valuedFuture(unknown, '3000'))).toMatchObject({ confidence: 0 });
  });

  it('needs a mark above zero and of at most 10⁶⁰', () => {
    const inDollars = linear({ size: '1', entry: '1', currency: 'USD' });
    const markOf = (mark: string | Price) => exposureOf(valuedFuture(inDollars, mark)).risk;

    expect(markOf('0.000000000000000001')).toMatchObject({ mark: 1e-18 });
    expect(markOf(tens(6))).toMatchObject({ mark: 1e60 });
    expect(() => markOf('0')).toThrow(
      new PositionError('deribit:BTC-LINEAR', 'a mark of 0 cannot be computed with'),
    );
    expect(() => markOf(tens(7))).toThrow(
      new PositionError('deribit:BTC-LINEAR', 'a mark of 1e+70 cannot be computed with'),
    );
  });

  it('is nothing that a currency without a price could have been valued for', () => {
    const unpriced = linear({ size: '1', entry: '1', currency: 'GBP' });

    expect(() => exposureOf(valuedFuture(unpriced, '1'))).toThrow(new Error('No price of GBP'));
  });
});

describe('the exposure of an option', () => {
  const given: MarketSnapshot = {
    ...prices,
    forwards: new Map([['ETH', [forward(daysAhead(30), '3050')]]]),
    volatilities: new Map([
      ['deribit:ETH-OPTION', { volatility: ratio('0.6'), confidence: ratio('0.75') }],
    ]),
  };
  const of = (size: string, type: 'CALL' | 'PUT', expiry = daysAhead(30)) =>
    option({ size, type, strike: '3300', multiplier: '10', expiry });

  it('is its terms, in units of the underlying, at the volatility that is given', () => {
    expect(read(valuedOption(of('2', 'CALL'), '100'), given)).toEqual({
      exposure: {
        kind: 'OPTION',
        line,
        underlying: 'ETH',
        expiry: daysAhead(30),
        unvouchedValue: 0,
        risk: { strike: 3_300, isCall: true, quantity: 20, volatility: 0.6, confidence: 0.75 },
      },
      notes: [],
    });
  });

  it('knows a put from a call, and a short from a long', () => {
    expect(exposureOf(valuedOption(of('-2', 'PUT'), '100'), given).risk).toMatchObject({
      isCall: false,
      quantity: -20,
    });
  });

  it('says so where the index stands in for the forward', () => {
    const { notes } = read(valuedOption(of('2', 'CALL'), '100'), {
      ...given,
      forwards: new Map(),
    });

    expect(notes).toEqual(['DEGRADED No forward of ETH for 2026-12-22: the index stands in.']);
  });

  it('needs no forward once it has expired', () => {
    const { notes } = read(valuedOption(of('2', 'CALL', NOW), '0'), given);

    expect(notes).toEqual([
      'DEGRADED deribit:ETH-OPTION has expired: what exercising pays stands in.',
    ]);
  });

  const silent: MarketSnapshot = { ...given, volatilities: new Map() };

  it('is refused where nothing tells its volatility and no bound stands in', () => {
    const short = valuedOption(of('-2', 'CALL'), '0');

    expect(() => exposureOf(short, silent)).toThrow(
      new PositionError('deribit:ETH-OPTION', 'nothing tells its volatility'),
    );
    expect(exposureOf(short, silent, 3).risk).toMatchObject({ volatility: 3, confidence: 0 });
  });

  it('is refused, by the instrument’s name, for a mark beyond what can be priced', () => {
    const attempt = () => exposureOf(valuedOption(of('2', 'CALL'), tens(5)), silent);

    expect(attempt).toThrow(PositionError);
    expect(attempt).toThrow(
      'deribit:ETH-OPTION: price: 1e+50 is not a finite number of at most 1e40',
    );
  });

  it('does not take another mistake for one of the position', () => {
    const broken = Object.assign(new Map<string, never>(), {
      get: () => {
        throw new TypeError('broken');
      },
    });
    const attempt = () =>
      exposureOf(valuedOption(of('2', 'CALL'), '100'), { ...given, volatilities: broken });

    expect(attempt).toThrow(new TypeError('broken'));
  });
});

describe('PositionError', () => {
  it('names the instrument and what is wrong, apart and in one message', () => {
    const error = new PositionError('okx:X', 'too much');

    expect(error).toMatchObject({ instrumentId: 'okx:X', reason: 'too much' });
    expect(String(error)).toBe('PositionError: okx:X: too much');
  });
});
