import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  add,
  format,
  isLess,
  negate,
  price,
  quantity,
  ratio,
  toFloat,
  type Usd,
} from '../../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  Position,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import { ChangeError } from '../../../../subgraphs/margin/domain/portfolio/changeError.js';
import type {
  CollateralMove,
  HypotheticalChange,
  PriceShock,
  Trade,
} from '../../../../subgraphs/margin/domain/portfolio/hypotheticalChange.js';
import { hypotheticalInputs } from '../../../../subgraphs/margin/domain/portfolio/hypotheticalInputs.js';
import { incrementalMargin } from '../../../../subgraphs/margin/domain/portfolio/incrementalMargin.js';
import {
  assetQuote,
  balance,
  book,
  daysAhead,
  evaluate,
  instrumentQuote,
  linear,
  market,
  NOW,
  option,
  secondsAgo,
  venue,
} from '../books.js';
import { marginBy, setNamed, unified } from './models.js';

vi.setConfig({ testTimeout: 30_000 });

const swap = linear({ size: '1', entry: '60000' });
const held: AccountBook = book(
  venue({ positions: [swap], balances: [balance('USDT', '5000'), balance('BTC', '2')] }),
  venue({ balances: [balance('USDT', '100')] }, { venueAccountId: 'okx:1', venue: 'okx' }),
);
const prices = market(
  { BTC: '61000', ETH: '3000', USDT: '1' },
  { 'deribit:BTC-LINEAR': '61000', 'deribit:ETH-OPTION': instrumentQuote('0.02', 'ETH') },
);
const inputs = { book: held, market: prices };

const trade = (more: Partial<Trade> = {}): Trade => ({
  kind: 'TRADE',
  venueAccountId: 'deribit:1',
  instrument: 'deribit:BTC-LINEAR',
  size: quantity('-1'),
  price: null,
  markPrice: null,
  volatility: null,
  ...more,
});
const move = (more: Partial<CollateralMove> = {}): CollateralMove => ({
  kind: 'COLLATERAL',
  asset: 'USDT',
  quantity: quantity('1000'),
  from: 'deribit:1',
  to: 'okx:1',
  ...more,
});
const shock = (more: Partial<PriceShock> = {}): PriceShock => ({
  kind: 'SHOCK',
  underlying: 'BTC',
  price: ratio('0'),
  volatility: ratio('0'),
  ...more,
});

const stateAt = (of: AccountBook, id: string) => {
  const state = of.venues.find(({ venueAccountId }) => venueAccountId === id)?.state;
  return {
    positions: state?.positions.map((p) => `${p.instrument.id} ${format(p.size)}`),
    balances: state?.balances.map((b) => `${b.asset} ${format(b.quantity)}`),
  };
};

describe('hypotheticalInputs', () => {
  it('changes nothing without changes', () => {
    expect(hypotheticalInputs(inputs, [])).toEqual(inputs);
  });

  it('fills trades at the mark unless told otherwise, and settles what they realize', () => {
    const closed = hypotheticalInputs(inputs, [trade()]);
    const dearer = hypotheticalInputs(inputs, [trade({ price: price('62000') })]);

    // 61 000 − 60 000, and 62 000 − 60 000, in USDT.
    expect(stateAt(closed.book, 'deribit:1')).toEqual({
      positions: [],
      balances: ['USDT 6000', 'BTC 2'],
    });
    expect(stateAt(dearer.book, 'deribit:1').balances).toEqual(['USDT 7000', 'BTC 2']);
  });

  it('knows what an order has closed when another opens it again', () => {
    const { book: after } = hypotheticalInputs(inputs, [trade(), trade({ size: quantity('-4') })]);

    expect(stateAt(after, 'deribit:1').positions).toEqual(['deribit:BTC-LINEAR -4']);
  });

  it('opens at another venue what the account holds at one, as a position there', () => {
    const { book: after } = hypotheticalInputs(inputs, [
      trade({ venueAccountId: 'okx:1', size: quantity('2') }),
    ]);

    expect(stateAt(after, 'okx:1').positions).toEqual(['deribit:BTC-LINEAR 2']);
    expect(stateAt(after, 'deribit:1').positions).toEqual(['deribit:BTC-LINEAR 1']);
  });

  it('buys what the account has never held, by its terms, on credit where cash is short', () => {
    const { instrument } = option({ size: '1', type: 'CALL', strike: '3300', currency: 'USDT' });
    const { book: after, market: at } = hypotheticalInputs(inputs, [
      trade({
        venueAccountId: 'okx:1',
        instrument: { ...instrument, id: 'okx:CALL' },
        size: quantity('3'),
        price: price('80'),
        volatility: { volatility: ratio('0.6'), confidence: ratio('1') },
      }),
    ]);

    // 100 − 3 × 80.
    expect(stateAt(after, 'okx:1')).toEqual({ positions: ['okx:CALL 3'], balances: ['USDT -140'] });
    expect(at.instruments.get('okx:CALL')).toEqual({
      price: price('80'),
      currency: 'USDT',
      status: 'OK',
      publishedAt: NOW,
    });
    expect(at.volatilities.get('okx:CALL')?.volatility).toEqual(ratio('0.6'));
  });

  it('moves, deposits and withdraws collateral', () => {
    const moved = hypotheticalInputs(inputs, [
      move(),
      move({ asset: 'ETH', quantity: quantity('3'), from: null }),
      move({ asset: 'BTC', quantity: quantity('2'), to: null }),
    ]).book;

    expect(stateAt(moved, 'deribit:1').balances).toEqual(['USDT 4000']);
    expect(stateAt(moved, 'okx:1').balances).toEqual(['USDT 1100', 'ETH 3']);
  });

  it('takes what is withdrawn from every settled balance of the asset, and from no other', () => {
    const split = book(
      venue({
        balances: [
          balance('USDT', '700', { isSettled: false }),
          balance('USDT', '300'),
          balance('USDT', '400', { location: 'CUSTODY' }),
        ],
      }),
    );
    const after = (amount: string) =>
      hypotheticalInputs({ ...inputs, book: split }, [
        move({ quantity: quantity(amount), to: null }),
      ]).book;

    expect(stateAt(after('500'), 'deribit:1').balances).toEqual(['USDT 700', 'USDT 200']);
    expect(stateAt(after('700'), 'deribit:1').balances).toEqual(['USDT 700']);
    expect(() => after('701')).toThrow('deribit:1 does not hold as much settled USDT');
  });

  it('moves an underlying, its contracts and its options, and nothing else', () => {
    const { market: after } = hypotheticalInputs(inputs, [shock({ price: ratio('-0.1') })]);

    expect(after.assets.get('BTC')?.price).toEqual(price('54900'));
    expect(after.instruments.get('deribit:BTC-LINEAR')?.price).toEqual(price('54900'));
    expect(after.assets.get('ETH')).toEqual(prices.assets.get('ETH'));
    expect(after.instruments.get('deribit:ETH-OPTION')).toEqual(
      prices.instruments.get('deribit:ETH-OPTION'),
    );
  });

  it('trades before the market moves, in whichever order it is asked', () => {
    const [first, last] = [trade(), shock({ price: ratio('-0.1') })];

    expect(hypotheticalInputs(inputs, [last, first])).toEqual(
      hypotheticalInputs(inputs, [first, last]),
    );
  });

  it('lets time pass without making anything stale', () => {
    const call = book(
      venue(
        { positions: [option({ size: '1', type: 'CALL', strike: '3300', expiry: daysAhead(30) })] },
        { condition: { quality: 'STALE', reason: 'down', since: secondsAgo(20) } },
      ),
    );
    const week: HypotheticalChange = { kind: 'TIME', milliseconds: 7 * 86_400_000 };
    const { book: later, market: at } = hypotheticalInputs({ book: call, market: prices }, [week]);

    expect(at.at).toEqual(daysAhead(7));
    expect(at.assets.get('ETH')).toEqual(assetQuote('3000', { publishedAt: daysAhead(7) }));
    expect(later.venues[0]?.condition).toMatchObject({
      since: new Date(daysAhead(7).getTime() - 20_000),
    });
    const mark = at.instruments.get('deribit:ETH-OPTION')?.price ?? price('0');
    expect(isLess(mark, price('0.02'))).toBe(true); // An option loses with time.
  });

  it.each<[HypotheticalChange, string]>([
    [
      trade({ venueAccountId: 'ftx:1' }),
      'changes.1.venueAccountId: the account has no venue account ftx:1',
    ],
    [
      trade({ instrument: 'okx:DOGE' }),
      'changes.1.instrument: the account holds no okx:DOGE: give its terms',
    ],
    [trade({ size: quantity('0') }), 'changes.1.size: must not be zero'],
    [trade({ price: price('0') }), 'changes.1.price: must be above zero'],
    [
      trade({ instrument: { ...swap.instrument, expiry: NOW } as Position['instrument'] }),
      'changes.1.instrument: deribit:BTC-LINEAR has expired',
    ],
    [
      trade({ instrument: { ...swap.instrument, id: 'okx:X' } }),
      'changes.1.price: no price of okx:X is known',
    ],
    [
      trade({
        instrument: { ...swap.instrument, id: 'okx:X', priceCurrency: 'EUR' },
        price: price('1'),
      }),
      'changes.1.instrument: no price of EUR is known',
    ],
    [shock({ underlying: 'DOGE' }), 'changes.1.underlying: no price of DOGE is known'],
    [
      shock({ price: ratio('-1') }),
      'changes.1.price: must be above -1: a price cannot fall to nothing',
    ],
    [shock({ volatility: ratio('-1.1') }), 'changes.1.volatility: must be at least -1'],
    [{ kind: 'TIME', milliseconds: -1 }, 'changes.1.milliseconds: must be between 0 and a century'],
    [
      { kind: 'TIME', milliseconds: NaN },
      'changes.1.milliseconds: must be between 0 and a century',
    ],
    [move({ quantity: quantity('-1') }), 'changes.1.quantity: must be above zero'],
    [
      move({ from: null, to: null }),
      'changes.1.to: must name a venue account where there is no source',
    ],
    [move({ from: 'ftx:1' }), 'changes.1.from: the account has no venue account ftx:1'],
    [
      move({ quantity: quantity('6000') }),
      'changes.1.quantity: deribit:1 does not hold as much settled USDT',
    ],
  ])('refuses what cannot be done, naming the change and the field: %#', (change, message) => {
    const attempt = () => hypotheticalInputs(inputs, [shock(), change]);

    expect(attempt).toThrow(ChangeError);
    expect(attempt).toThrow(message);
  });
});

describe('the edges of a change', () => {
  const LARGEST = '99999999999999999999';
  const call = option({ size: '1', type: 'CALL', strike: '3300' });
  const attempt = (change: HypotheticalChange, from: typeof inputs = inputs) => {
    const attempted = () => hypotheticalInputs(from, [change]);
    return expect(attempted);
  };
  const priced = (text: string) => ({ book: book(venue({})), market: market({ BTC: text }) });
  const time = (milliseconds: number): HypotheticalChange => ({ kind: 'TIME', milliseconds });

  it('is a move of at most a thousand times, of prices and of volatilities', () => {
    const most = ratio('1000');
    const beyond = ratio('1000.000000000000000001');

    expect(
      hypotheticalInputs(priced('2'), [shock({ price: most, volatility: most })]).market.assets.get(
        'BTC',
      )?.price,
    ).toEqual(price('2002'));
    attempt(shock({ price: beyond })).toThrow(
      new ChangeError(0, 'price', 'must be at most 1000, which is 100,000 %'),
    );
    attempt(shock({ volatility: beyond })).toThrow(
      new ChangeError(0, 'volatility', 'must be at most 1000, which is 100,000 %'),
    );
    attempt(shock({ volatility: ratio('-1') })).not.toThrow();
  });

  it('is a price that is still above nothing, and of at most 20 digits', () => {
    const beyond = 'changes.0.price: moves BTC to nothing, or to more than 20 digits';

    attempt(shock(), priced(LARGEST)).not.toThrow();
    attempt(shock({ price: ratio('1') }), priced(LARGEST)).toThrow(beyond);
    attempt(shock(), priced('0.000000000000000001')).not.toThrow();
    attempt(shock({ price: ratio('-0.5') }), priced('0.000000000000000001')).toThrow(beyond);
    attempt(shock({ price: ratio('-0.5') }), priced('0.000000000000000001')).toThrow(ChangeError);
  });

  it('is from no time to a century', () => {
    const century = 100 * 365 * 86_400_000;

    expect(hypotheticalInputs(inputs, [time(0)])).toEqual(inputs);
    expect(hypotheticalInputs(inputs, [time(century)]).market.at).toEqual(daysAhead(36_500));
    attempt(time(century + 1)).toThrow('changes.0.milliseconds: must be between 0 and a century');
  });

  it('is what float64 can follow, and names the field that leads beyond', () => {
    const wild = {
      book: book(venue({ positions: [call] })),
      market: {
        ...prices,
        volatilities: new Map([
          [call.instrument.id, { volatility: ratio(LARGEST), confidence: ratio('1') }],
        ]),
      },
    };
    const beyond = (field: string) =>
      `changes.0.${field}: leads beyond what can be priced: Not an amount of at most 20 digits: `;
    const doubled = shock({ underlying: 'ETH', volatility: ratio('1') });

    attempt(doubled, wild).toThrow(`${beyond('volatility')}200000000000000000000`);
    attempt({ ...doubled, price: ratio('0.1') }, wild).toThrow(beyond('price'));
    attempt(time(1), wild).toThrow(beyond('milliseconds'));
    attempt(time(1), wild).toThrow(ChangeError);
  });

  it('is not blamed for a mistake of ours', () => {
    const broken = Object.assign(new Map<string, never>(), {
      get: () => {
        throw new TypeError('broken');
      },
    });

    attempt(shock(), { ...inputs, market: { ...prices, forwards: broken } }).toThrow(
      new TypeError('broken'),
    );
  });

  it('is a collateral move to a venue account of the book, whose state is known', () => {
    const silent = book(...held.venues, venue({}, { venueAccountId: 'bybit:1', state: null }));

    attempt(move({ to: 'ftx:1' })).toThrow(
      new ChangeError(0, 'to', 'the account has no venue account ftx:1'),
    );
    attempt(move({ to: 'bybit:1' }), { book: silent, market: prices }).toThrow(
      new ChangeError(0, 'to', 'what bybit:1 holds is not known now'),
    );
    attempt(move({ from: 'bybit:1' }), { book: silent, market: prices }).toThrow(
      new ChangeError(0, 'from', 'what bybit:1 holds is not known now'),
    );
  });
});

describe('a trade at the mark', () => {
  it('changes equity by no more than rounding, and a collateral move by nothing', () => {
    const sizes = fc.integer({ min: -40, max: 40 }).filter((n) => n !== 0);
    fc.assert(
      fc.property(sizes, (size) => {
        const { book: after, market: at } = hypotheticalInputs(inputs, [
          trade({ size: quantity((size / 10).toFixed(1)) }),
          move({ quantity: quantity('50'), from: 'okx:1', to: 'deribit:1' }),
        ]);
        const [before, then] = [evaluate(held, prices), evaluate(after, at)].map(({ account }) =>
          account.kind === 'known' ? toFloat(account.equity) : NaN,
        );
        // USDT has no haircut here.
        expect(then).toBeCloseTo(before ?? NaN, 8);
      }),
    );
  });
});

describe('incrementalMargin', () => {
  const sizes = fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0);
  const bought = (size: number) =>
    trade({ instrument: swap.instrument, size: quantity((size / 10).toFixed(1)) });
  const of = (trades: readonly Trade[], from = inputs): Usd => {
    const added = incrementalMargin(unified.evaluate, from, trades);
    if (added === null) throw new Error('not known');
    return added.initialMargin;
  };

  it('is the requirement itself for the first trade, and takes all of it back when it is undone', () => {
    const empty = { book: book(venue({})), market: prices };
    const opening = trade({ instrument: swap.instrument, size: quantity('2') });
    const opened = hypotheticalInputs(empty, [opening]);
    const { initialMargin } = marginBy(unified, opened.book, opened.market);

    expect(of([opening], empty)).toEqual(initialMargin);
    expect(of([trade({ size: quantity('-2') })], opened)).toEqual(negate(initialMargin));
  });

  it('telescopes: the trades one by one add what they add together', () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const after = hypotheticalInputs(inputs, [bought(a)]);
        expect(add(of([bought(a)]), of([bought(b)], after))).toEqual(of([bought(a), bought(b)]));
      }),
      { numRuns: 20 },
    );
  });

  it('is between −M(−t) and M(t) where the requirement is a scan', () => {
    const span = setNamed('scenario', 'span-16');
    const alone = { book: book(venue({})), market: prices };
    const required = (trades: readonly Trade[], from = alone) => {
      const added = incrementalMargin(span.evaluate, from, trades);
      return toFloat(added?.maintenanceMargin ?? negate(of([])));
    };
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const holding = hypotheticalInputs(alone, [bought(a)]);
        const added = required([bought(b)], holding);
        const slack = 1e-6; // Of cash that realized profit turns into, rounding.
        expect(added).toBeLessThanOrEqual(required([bought(b)]) + slack);
        expect(added).toBeGreaterThanOrEqual(-required([bought(-b)]) - slack);
      }),
      { numRuns: 20 },
    );
  });

  it('is null while the margin is not known', () => {
    const unseen = book({ ...venue({}), state: null }, ...held.venues.slice(1));

    expect(
      incrementalMargin(unified.evaluate, { book: unseen, market: prices }, [
        trade({ venueAccountId: 'okx:1', instrument: swap.instrument }),
      ]),
    ).toBe(null);
  });
});
