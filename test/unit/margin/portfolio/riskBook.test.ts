import { describe, expect, it } from 'vitest';
import { black76 } from '../../../../subgraphs/shared/pricing/black76.js';
import { price, ratio } from '../../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  Position,
  VenueBook,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { accountReading } from '../../../../subgraphs/margin/domain/portfolio/accountReading.js';
import type { Exposure } from '../../../../subgraphs/margin/domain/portfolio/exposure.js';
import { riskBook } from '../../../../subgraphs/margin/domain/portfolio/riskBook.js';
import type { CollateralRules } from '../../../../subgraphs/margin/domain/scenario/collateralRules.js';
import {
  assetQuote,
  balance,
  book,
  daysAhead,
  forward,
  instrumentQuote,
  inverse,
  linear,
  market,
  NOW,
  option,
  parameters,
  secondsAgo,
  venue,
} from '../books.js';
import { coinAt, futureAt, lineOf } from './handBook.js';

const collateral: CollateralRules = {
  countedIn: 'USD',
  byAsset: new Map([
    ['BTC', { maintenanceHaircut: 0.1, initialHaircut: 0.05, isRiskCancellingOf: 'BTC' }],
    ['USDT', { maintenanceHaircut: 0, initialHaircut: 0, isRiskCancellingOf: null }],
  ]),
  others: { maintenanceHaircut: 1, initialHaircut: 0, isRiskCancellingOf: null },
};

const limits = { ...parameters.limits, missingVolatility: 3 };
const read = (of: AccountBook, at: MarketSnapshot) => accountReading(of, at, limits, collateral);
const bookOf = (of: AccountBook, at: MarketSnapshot) => read(of, at).risk.book;
const findings = (of: AccountBook, at: MarketSnapshot) =>
  read(of, at).venues.flatMap((v) => (v.kind === 'known' ? v.findings : []));
const holding = (...positions: Position[]) => book(venue({ positions }));

/** The only underlying of a book with one. */
function onlyUnderlying(of: AccountBook, at: MarketSnapshot) {
  const [only, another] = bookOf(of, at).underlyings;
  if (only === undefined || another !== undefined) throw new Error('not one underlying');
  return only;
}

describe('riskBook', () => {
  it('numbers positions and assets of all venues, each asset of a venue once', () => {
    const custody = balance('BTC', '1', { location: 'CUSTODY' });
    const deribit = venue({
      positions: [linear({ size: '1', entry: '60000', id: 'b' })],
      balances: [balance('BTC', '2'), custody],
    });
    const okx = venue(
      { positions: [linear({ size: '-1', entry: '60000', id: 'a' })] },
      { venueAccountId: 'okx:9', venue: 'okx' },
    );
    const { lines, underlyings } = bookOf(
      book(okx, deribit),
      market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' }),
    );

    expect(lines).toEqual([
      { venueAccountId: 'deribit:1', id: 'b', kind: 'POSITION' },
      { venueAccountId: 'deribit:1', id: 'BTC', kind: 'COLLATERAL' },
      { venueAccountId: 'okx:9', id: 'a', kind: 'POSITION' },
    ]);
    expect(underlyings.map(({ underlying }) => underlying)).toEqual(['BTC']);
    expect(underlyings[0]?.futures.map(({ line, quantity }) => [line, quantity])).toEqual([
      [0, 1],
      [2, -1],
    ]);
    expect(underlyings[0]?.collateral.map(({ line }) => line)).toEqual([1, 1]);
  });

  it('takes a linear future in its price currency, whose dollars are its point value', () => {
    const prices = market({ BTC: '60000', USDT: '0.998' }, { 'deribit:BTC-LINEAR': '61000' });
    const of = holding(linear({ size: '200', multiplier: '0.01', entry: '58000' }));

    expect(onlyUnderlying(of, prices)).toMatchObject({
      spot: { price: 60000, confidence: 1 },
      futures: [
        {
          contract: 'LINEAR',
          quantity: 2,
          mark: 61000,
          pointValue: 0.998,
          pays: null,
          expiry: null,
        },
      ],
    });
    expect(bookOf(of, prices).stable).toEqual({ price: 0.998, confidence: 1 });
  });

  it('takes an inverse future as the dollars that it stands for', () => {
    const prices = market(
      { BTC: '60000' },
      { 'deribit:BTC-INVERSE': instrumentQuote('61000', 'USD') },
    );
    const of = holding(inverse({ size: '-30', multiplier: '100', entry: '58000' }));

    expect(onlyUnderlying(of, prices).futures).toEqual([
      {
        line: 0,
        contract: 'INVERSE',
        quantity: -3000,
        mark: 61000,
        pointValue: 1,
        pays: null,
        expiry: null,
      },
    ]);
    expect(bookOf(of, prices).stable).toEqual({ price: 1, confidence: 1 });
  });

  it('names what a future pays that is settled in a third asset', () => {
    const position = linear({ size: '1', entry: '3000', underlying: 'ETH', currency: 'USD' });
    const quanto = {
      ...position,
      instrument: { ...position.instrument, settlementCurrency: 'BTC' },
    };
    const prices = market(
      { ETH: '3000', BTC: '60000' },
      { 'deribit:ETH-LINEAR': instrumentQuote('3000', 'USD') },
    );

    expect(onlyUnderlying(holding(quanto), prices).futures).toMatchObject([
      { contract: 'QUANTO', quantity: 1, mark: 3000, pointValue: 60000, pays: 'BTC' },
    ]);
  });

  it('widens for the age of the oldest price behind an underlying, and not for fresh ones', () => {
    const of = holding(linear({ size: '1', entry: '60000' }));
    const age = (index: number, mark: number) =>
      onlyUnderlying(
        of,
        market(
          { BTC: assetQuote('60000', { publishedAt: secondsAgo(index) }), USDT: '1' },
          {
            'deribit:BTC-LINEAR': instrumentQuote('60000', 'USDT', {
              publishedAt: secondsAgo(mark),
            }),
          },
        ),
      ).priceAgeSeconds;

    expect([age(0, 0), age(10, 3), age(12, 3), age(2, 30)]).toEqual([0, 0, 12, 30]);
  });

  it('vouches for a perpetual as little as its own feed, and not at all without one', () => {
    const of = holding(linear({ size: '1', entry: '60000' }));
    const confidence = (instruments: Parameters<typeof market>[1]) =>
      onlyUnderlying(of, market({ BTC: '60000', USDT: '1' }, instruments)).perpetualConfidence;
    const quoted = instrumentQuote('60000', 'USDT', { confidence: '0.4' });

    expect(confidence({ 'deribit:BTC-LINEAR': quoted })).toBe(0.4);
    expect(confidence({})).toBe(0);
  });

  it('asks nothing of the feeds of dated futures for the confidence of perpetuals', () => {
    const of = holding(linear({ size: '1', entry: '60000', expiry: daysAhead(5) }));
    const quoted = instrumentQuote('60000', 'USDT', { confidence: '0.4' });
    const prices = market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': quoted });

    expect(onlyUnderlying(of, prices).perpetualConfidence).toBe(1);
  });

  it('widens each underlying for its own prices alone', () => {
    const of = holding(
      linear({ size: '1', entry: '60000' }),
      linear({ size: '1', entry: '3000', underlying: 'ETH' }),
    );
    const old = instrumentQuote('3000', 'USDT', { publishedAt: secondsAgo(30) });
    const prices = market(
      { BTC: '60000', ETH: '3000', USDT: '1' },
      { 'deribit:BTC-LINEAR': '60000', 'deribit:ETH-LINEAR': old },
    );
    const { underlyings } = bookOf(of, prices);

    expect(underlyings.map((its) => [its.underlying, its.priceAgeSeconds])).toEqual([
      ['BTC', 0],
      ['ETH', 30],
    ]);
  });

  it('has the weakest price and the weakest confidence of the currencies of settlement', () => {
    const of = holding(
      linear({ size: '1', entry: '60000' }),
      linear({ size: '1', entry: '3000', underlying: 'ETH', currency: 'USDC' }),
    );
    const prices = market({
      BTC: '60000',
      ETH: '3000',
      USDT: assetQuote('0.998', { confidence: '0.9' }),
      USDC: assetQuote('1.001', { confidence: '0.7' }),
    });

    expect(bookOf(of, prices).stable).toEqual({ price: 0.998, confidence: 0.7 });
  });

  it('has values that nobody vouches for of options alone', () => {
    const of = book(
      venue({
        positions: [linear({ size: '1', entry: '60000' })],
        balances: [balance('BTC', '2')],
      }),
    );
    const prices = market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' });

    expect(read(of, prices).risk.unvouchedValues).toEqual(Float64Array.of(0, 0));
  });

  it('is not known without the index of an underlying, whatever its contracts cost', () => {
    const of = holding(linear({ size: '1', entry: '60000' }));
    const { venues } = read(of, market({ USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' }));

    expect(venues).toEqual([{ kind: 'unknown', id: 'deribit:1', unpriced: ['BTC'], venues: [] }]);
  });
});

describe('the expiries of a risk book', () => {
  const call = option({ size: '2', type: 'CALL', strike: '3300', expiry: daysAhead(10) });
  const dated = linear({ size: '1', entry: '3000', underlying: 'ETH', expiry: daysAhead(5) });
  const prices = market(
    { ETH: '3000', USDT: '1' },
    { 'deribit:ETH-OPTION': instrumentQuote('0.02', 'ETH'), 'deribit:ETH-LINEAR': '3010' },
  );

  it('rise by time, and are shared by futures and options', () => {
    const risk = onlyUnderlying(holding(call, dated), prices);

    expect(risk.expiries.map(({ seconds }) => seconds)).toEqual([5 * 86_400, 10 * 86_400]);
    expect(risk.options.map(({ expiry }) => expiry)).toEqual([1]);
    expect(risk.futures.map(({ expiry }) => expiry)).toEqual([0]);
  });

  it('rise by time where the position that is read first expires last', () => {
    const far = linear({ size: '1', entry: '3000', underlying: 'ETH', expiry: daysAhead(20) });
    const risk = onlyUnderlying(holding(far, call), prices);

    expect(risk.futures[0]?.line).toBe(0);
    expect(risk.expiries.map(({ seconds }) => seconds)).toEqual([10 * 86_400, 20 * 86_400]);
    expect(risk.options.map(({ expiry }) => expiry)).toEqual([0]);
    expect(risk.futures.map(({ expiry }) => expiry)).toEqual([1]);
  });

  it('have the forward given, and the index with a reason where none is', () => {
    const given = {
      ...forward(daysAhead(10), '3030'),
      settled: price('30'),
      rate: ratio('0.05'),
      rateConfidence: ratio('0.9'),
    };
    const known = { ...prices, forwards: new Map([['ETH', [given]]]) };

    expect(onlyUnderlying(holding(call), known).expiries).toMatchObject([
      {
        forward: { price: 3030, confidence: 1 },
        forwardFixed: 30,
        rate: { price: 0.05, confidence: 0.9 },
      },
    ]);
    expect(findings(holding(call), known)).toEqual([]);
    expect(onlyUnderlying(holding(call), prices).expiries).toMatchObject([
      { forward: { price: 3000 }, forwardFixed: 0, rate: { price: 0 } },
    ]);
    expect(findings(holding(call), prices)).toEqual([
      { quality: 'DEGRADED', reason: 'No forward of ETH for 2026-12-02: the index stands in.' },
    ]);

    // At a rate of 2,000 a year ten days discount to e⁻⁵⁴·⁸: no such forward is taken.
    const absurd = new Map([['ETH', [{ ...given, rate: ratio('2000') }]]]);
    expect(bookOf(holding(call), { ...prices, forwards: absurd })).toEqual(
      bookOf(holding(call), prices),
    );
  });

  it('share one place once they are past', () => {
    const yesterday = option({
      size: '1',
      type: 'CALL',
      strike: '2900',
      expiry: secondsAgo(86_400),
    });
    const before = linear({ size: '1', entry: '3000', underlying: 'ETH', expiry: secondsAgo(9) });
    const risk = onlyUnderlying(holding(yesterday, before), prices);

    expect(risk.expiries.map(({ seconds }) => seconds)).toEqual([0]);
    expect([risk.options[0]?.expiry, risk.futures[0]?.expiry]).toEqual([0, 0]);
  });
});

describe('the volatility of an option', () => {
  const expiry = daysAhead(30);
  const curve = new Map([['ETH', [forward(expiry, '3000')]]]);
  const priced = (mark: string, more: Partial<MarketSnapshot> = {}): MarketSnapshot => ({
    ...market({ ETH: '3000' }, { 'deribit:ETH-OPTION': instrumentQuote(mark, 'ETH') }),
    forwards: curve,
    ...more,
  });
  const terms = {
    type: 'CALL',
    forward: 3000,
    strike: 3300,
    years: 30 / 365,
    discount: 1,
  } as const;
  const call = (size: string) => option({ size, type: 'CALL', strike: '3300', expiry });
  const viewOf = (position: Position, at: MarketSnapshot) => {
    const { book: risk, unvouchedValues } = read(holding(position), at).risk;
    const { volatility, confidence } = risk.underlyings[0]?.options[0] ?? {};
    return { volatility, confidence, unvouched: unvouchedValues[0] };
  };

  it('is the one given, with its confidence', () => {
    const volatilities = new Map([
      ['deribit:ETH-OPTION', { volatility: ratio('0.7'), confidence: ratio('0.8') }],
    ]);

    expect(viewOf(call('1'), priced('0.02', { volatilities }))).toEqual({
      volatility: 0.7,
      confidence: 0.8,
      unvouched: 0,
    });
  });

  it('is the one that the mark implies where none is given', () => {
    const mark = black76({ ...terms, volatility: 0.62 }) / 3000;
    const { volatility, confidence } = viewOf(call('1'), priced(mark.toFixed(18)));

    expect(volatility).toBeCloseTo(0.62, 12);
    expect(confidence).toBe(1);
  });

  it('is nothing for a long option whose mark implies none, and its mark is required instead', () => {
    // Worth 3 100 dollars, which is more than the forward: no volatility explains it.
    const at = priced('1.033333333333333333');

    expect(viewOf(call('2'), at)).toEqual({
      volatility: 0,
      confidence: 0,
      unvouched: expect.closeTo(2 * 3100, 8) as number, // Worth nothing when exercised.
    });
    expect(findings(holding(call('2')), at)).toEqual([
      {
        quality: 'DEGRADED',
        reason: 'The price of deribit:ETH-OPTION implies no volatility: the worse bound stands in.',
      },
    ]);
  });

  it('is the parameter set’s for a short option whose mark implies none, and its cost is required', () => {
    const cost = black76({ ...terms, volatility: 3 });

    expect(viewOf(call('-2'), priced('0'))).toEqual({
      volatility: 3,
      confidence: 0,
      unvouched: expect.closeTo(2 * cost, 8) as number,
    });
  });

  it('leaves a short option unknown where the parameter set has none either, and no long one', () => {
    const without = { ...limits, missingVolatility: null };
    const venueOf = (size: string) =>
      accountReading(holding(call(size)), priced('0'), without, collateral).venues[0];

    expect(venueOf('-2')).toEqual({
      kind: 'unknown',
      id: 'deribit:1',
      unpriced: [],
      venues: [{ venue: 'deribit', reason: 'deribit:ETH-OPTION: nothing tells its volatility' }],
    });
    expect(venueOf('2')).toMatchObject({ kind: 'known' });
  });

  it('requires of an expired option what its mark counts over what exercising pays', () => {
    const expired = option({ size: '2', type: 'CALL', strike: '2900', expiry: secondsAgo(60) });

    // 0.05 × 3 000 = 150 a unit, and exercising pays 100.
    expect(viewOf(expired, priced('0.05')).unvouched).toBeCloseTo(2 * 50, 8);
    expect(findings(holding(expired), priced('0.05'))).toEqual([
      {
        quality: 'DEGRADED',
        reason: 'deribit:ETH-OPTION has expired: what exercising pays stands in.',
      },
    ]);
  });

  it('is vouched for by nobody when the venue alone marks the option', () => {
    const { confidence } = viewOf(call('1'), priced('0.02', { instruments: new Map() }));

    expect(confidence).toBe(0);
  });
});

describe('a balance at risk', () => {
  const prices = market({ BTC: '60000', USDT: '1', SOL: '140' });
  const riskOf = (...balances: ReturnType<typeof balance>[]) =>
    bookOf(book(venue({ balances })), prices).underlyings.flatMap(
      ({ underlying, collateral: all }) =>
        all.map(({ quantity, isRiskCancelling, maintenanceHaircut, initialHaircut }) => ({
          underlying,
          quantity,
          isRiskCancelling,
          haircuts: [maintenanceHaircut, initialHaircut].map((h) => Number(h.toFixed(12))),
        })),
    );

  it('is what the registry’s haircut leaves, and the model’s falls on it so far as it is larger', () => {
    // 5 % are gone already; of the 95 left, 5 and then 5 more make up 10 and 15 of the whole.
    expect(riskOf(balance('BTC', '2'))).toEqual([
      {
        underlying: 'BTC',
        quantity: 1.9,
        isRiskCancelling: true,
        haircuts: [5 / 95, 5 / 95].map((h) => Number(h.toFixed(12))),
      },
    ]);
  });

  it.each([
    ['switched off', balance('BTC', '2', { isCollateral: false })],
    ['in transit', balance('BTC', '2', { isSettled: false })],
    ['of an asset that is not registered', balance('SOL', '2')],
    ['in dollars', balance('USD', '2')],
  ])('is none for one that is held %s', (_, held) => {
    expect(riskOf(held)).toEqual([]);
  });

  it('moves with its asset when it is owed, unless the rules say that the asset stands still', () => {
    expect(riskOf(balance('SOL', '-3'), balance('USDT', '-5'))).toEqual([
      { underlying: 'SOL', quantity: -3, isRiskCancelling: true, haircuts: [0, 0] },
      { underlying: 'USDT', quantity: -5, isRiskCancelling: false, haircuts: [0, 0] },
    ]);
  });

  it('stays at risk at a venue that is silent, whose loss must not be forgotten', () => {
    const silent: VenueBook = venue(
      { balances: [balance('BTC', '2')] },
      { condition: { quality: 'STALE', reason: 'down', since: secondsAgo(60) } },
    );

    expect(bookOf(book(silent), prices).underlyings[0]?.collateral).toMatchObject([
      { quantity: 1.9 },
    ]);
    expect(read(book(silent), prices).silent).toEqual(['deribit:1']);
  });
});

describe('an underlying that has no price of its own', () => {
  it('moves as the held asset that stands for it', () => {
    const rules: CollateralRules = {
      ...collateral,
      byAsset: new Map([
        ['WBTC', { maintenanceHaircut: 0, initialHaircut: 0, isRiskCancellingOf: 'BTC' }],
      ]),
    };
    const quoted = market({ WBTC: assetQuote('59000', { confidence: '0.8' }) });
    const prices = { ...quoted, haircuts: new Map([['WBTC', ratio('0')]]) };
    const of = book(venue({ balances: [balance('WBTC', '2')] }));

    expect(accountReading(of, prices, limits, rules).risk.book.underlyings).toMatchObject([
      { underlying: 'BTC', spot: { price: 59000, confidence: 0.8 } },
    ]);
  });

  /** What it is said to cost by a market without prices. */
  function spotOf(...exposures: Exposure[]) {
    const valuation = {
      kind: 'known' as const,
      venueAccountId: 'deribit:1',
      positions: [],
      collateral: [],
      balances: [],
      isTrusted: true,
      findings: [],
      asOf: NOW,
      oldestInput: NOW,
    };
    const lines = exposures.map(({ line }) => line);
    const of = { kind: 'known' as const, valuation, lines, exposures, findings: [] };
    return riskBook([{ ...of, oldestInput: NOW }], market({}), limits).book.underlyings[0]?.spot;
  }
  const future: Exposure = {
    kind: 'FUTURE',
    line: lineOf('deribit:1', 'BTC-LINEAR'),
    underlying: 'BTC',
    risk: futureAt(0),
    expiry: null,
    confidence: 1,
  };
  const wrapped: Exposure = {
    kind: 'COLLATERAL',
    line: lineOf('deribit:1', 'WBTC', 'COLLATERAL'),
    underlying: 'BTC',
    risk: { ...coinAt(0), price: { price: 59000, confidence: 0.8 } },
  };

  it('is vouched for by nobody where no held asset stands for it', () => {
    expect(spotOf(future, wrapped)).toEqual({ price: 59000, confidence: 0.8 });
    expect(spotOf(future)).toEqual({ price: 1, confidence: 0 });
  });
});
