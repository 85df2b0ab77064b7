import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { format, price, quantity, ratio, toFloat } from '../../../../subgraphs/shared/units.js';
import type { AccountBook } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type { Surplus } from '../../../../subgraphs/margin/domain/portfolio/evaluate.js';
import { liquidationPrices } from '../../../../subgraphs/margin/domain/portfolio/liquidationPrices.js';
import { shockedInputs } from '../../../../subgraphs/margin/domain/portfolio/shockedInputs.js';
import { standardMargin } from '../../../../subgraphs/margin/domain/standard/standardMargin.js';
import { standardParametersInForce } from '../../../../subgraphs/margin/parameters/standardParameters.js';
import {
  balance,
  book,
  daysAhead,
  forward,
  instrumentQuote,
  inverse,
  linear,
  market,
  option,
  venue,
} from '../books.js';
import { marginBy, unified } from './models.js';

vi.setConfig({ testTimeout: 30_000 });

const inForce = standardParametersInForce();

/** Futures at a maintenance rate of 1 %, as in the published closed forms. */
const onePercent: Surplus = (of, at) =>
  standardMargin.surplus(of, at, {
    ...inForce,
    rules: {
      ...inForce.rules,
      futures: {
        byUnderlying: new Map(),
        others: {
          initial: ratio('0.02'),
          maintenance: ratio('0.01'),
          ladder: null,
          openInterest: null,
        },
      },
    },
  });

const found = (surplus: Surplus, of: AccountBook, at: MarketSnapshot) =>
  liquidationPrices(surplus, { book: of, market: at }).map(({ underlying, below, above }) => ({
    underlying,
    below: below && toFloat(below).toFixed(2),
    above: above && toFloat(above).toFixed(2),
  }));

const inDollars = (size: string, entry: string) => linear({ size, entry, currency: 'USD' });
const prices = market(
  { BTC: '70000' },
  {
    'deribit:BTC-LINEAR': instrumentQuote('70000', 'USD'),
    'deribit:BTC-INVERSE': instrumentQuote('70000', 'USD'),
  },
);

describe('the liquidation prices of one future', () => {
  it('are those of the closed form: (p₀ − W/q)/(1 − m) when long, (p₀ + W/q)/(1 + m) when short', () => {
    const withCash = (size: string) =>
      book(venue({ positions: [inDollars(size, '70000')], balances: [balance('USD', '14000')] }));

    // 63 000 ÷ 0.99 and 77 000 ÷ 1.01.
    expect(found(onePercent, withCash('2'), prices)).toEqual([
      { underlying: 'BTC', below: '63636.36', above: null },
    ]);
    expect(found(onePercent, withCash('-2'), prices)).toEqual([
      { underlying: 'BTC', below: null, above: '76237.62' },
    ]);
  });

  it('are N(1 + m)/(W + N/p₀) for an inverse long with its coins as collateral', () => {
    const of = book(
      venue({
        positions: [inverse({ size: '140000', entry: '70000' })],
        balances: [balance('BTC', '0.4')],
      }),
    );
    const noHaircut = { ...prices, haircuts: new Map([['BTC', ratio('0')]]) };

    // 140 000 × 1.01 ÷ (0.4 + 2).
    expect(found(onePercent, of, noHaircut)).toEqual([
      { underlying: 'BTC', below: '58916.67', above: null },
    ]);
  });

  it('are those of the closed form for any long or short with cash', () => {
    const cents = (min: number, max: number) =>
      fc.integer({ min, max }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(
        cents(1_00, 50_00),
        cents(100_00, 200_000_00),
        fc.boolean(),
        (size, cash, isLong) => {
          const [q, w] = [Number(size), Number(cash)];
          const expected = isLong ? (70_000 - w / q) / 0.99 : (70_000 + w / q) / 1.01;
          // In breach at 70 000 already, or beyond what is searched.
          fc.pre(isLong ? expected < 69_999 && expected > 71 : expected > 70_001);
          const of = book(
            venue({
              positions: [inDollars(isLong ? size : `-${size}`, '70000')],
              balances: [balance('USD', cash)],
            }),
          );
          const [only] = liquidationPrices(onePercent, { book: of, market: prices });
          const price_ = isLong ? only?.below : only?.above;
          expect(toFloat(price_ ?? price('0')) / expected).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the liquidation prices of an account', () => {
  it('are both the present price while it is in breach', () => {
    const of = book(
      venue({ positions: [inDollars('2', '70000')], balances: [balance('USD', '1000')] }),
    );

    expect(found(onePercent, of, prices)).toEqual([
      { underlying: 'BTC', below: '70000.00', above: '70000.00' },
    ]);
  });

  it('are none without positions, or while the margin is not known', () => {
    const cash = book(venue({ balances: [balance('USD', '1000')] }));
    const unknown = book(venue({ positions: [inDollars('2', '70000')] }), {
      ...venue({}, { venueAccountId: 'okx:1', venue: 'okx' }),
      state: null,
    });

    expect(found(onePercent, cash, prices)).toEqual([]);
    expect(found(onePercent, unknown, prices)).toEqual([]);
  });

  it('are found on both sides of a short straddle, by full revaluation at each price', () => {
    const straddle = book(
      venue({
        positions: [
          option({ size: '-10', type: 'CALL', strike: '3000', currency: 'USD' }),
          {
            ...option({ size: '-10', type: 'PUT', strike: '3000', currency: 'USD' }),
            id: 'put',
            instrument: {
              ...option({ size: '-10', type: 'PUT', strike: '3000', currency: 'USD' }).instrument,
              id: 'deribit:PUT',
            },
          },
        ],
        balances: [balance('USD', '18000')],
      }),
    );
    const at = market(
      { ETH: '3000' },
      {
        'deribit:ETH-OPTION': instrumentQuote('200', 'USD'),
        'deribit:PUT': instrumentQuote('200', 'USD'),
      },
    );
    const [only] = liquidationPrices(unified.surplus, { book: straddle, market: at });
    const below = toFloat(only?.below ?? price('0'));
    const above = toFloat(only?.above ?? price('0'));

    // 18 000 of cash cover at most a move of 1 800, and the margin comes on top.
    expect(below).toBeGreaterThan(1200);
    expect(below).toBeLessThan(2500);
    expect(above).toBeGreaterThan(3500);
    expect(above).toBeLessThan(4800);
    for (const root of [below, above]) {
      const there = shockedInputs({ book: straddle, market: at }, 'ETH', {
        price: root / 3000 - 1,
        volatility: 0,
      });
      const { marginRatio } = marginBy(unified, there.book, there.market);
      expect(Number(marginRatio && format(marginRatio))).toBeCloseTo(1, 7);
    }
  });

  it('move all contracts of the underlying together, so that a hedge is never liquidated', () => {
    const hedged = book(
      venue({
        positions: [inDollars('2', '70000'), inverse({ size: '-140000', entry: '70000' })],
        balances: [balance('USD', '100000')],
      }),
    );

    // What 2 coins lose in dollars, the short of 140 000 dollars gains in coins: down to half the
    // price 70 000 and 2 × 35 000.
    expect(found(onePercent, hedged, prices)[0]?.below).toBe(null);
  });

  it('leave what is quoted in other underlyings alone', () => {
    const both = book(
      venue({
        positions: [
          inDollars('2', '70000'),
          linear({ size: '1', entry: '3000', underlying: 'ETH', currency: 'USD' }),
        ],
        balances: [balance('USD', '14000')],
      }),
    );
    const at = market(
      { BTC: '70000', ETH: '3000' },
      {
        'deribit:BTC-LINEAR': instrumentQuote('70000', 'USD'),
        'deribit:ETH-LINEAR': instrumentQuote('3000', 'USD'),
      },
    );

    // The ETH position asks for 30 dollars: (63 000 + 15)/0.99.
    expect(found(onePercent, both, at)).toEqual([
      { underlying: 'BTC', below: '63651.52', above: null },
      { underlying: 'ETH', below: null, above: null },
    ]);
  });
});

describe('the liquidation prices of a known surplus', () => {
  const long = inDollars('2', '70000');
  const multipleOf = (index: string, { assets }: MarketSnapshot) =>
    toFloat(assets.get('BTC')?.price ?? price('0')) / Number(index);
  /** Of an index price, for a surplus that is known by its multiple. */
  const ofSurplus = (index: string, surplusAt: (multiple: number) => number) =>
    liquidationPrices((_, at) => surplusAt(multipleOf(index, at)), {
      book: book(venue({ positions: [linear({ size: '1', entry: index, currency: 'USD' })] })),
      market: market({ BTC: index }),
    }).map(({ below, above }) => ({
      below: below && format(below),
      above: above && format(above),
    }));

  it('are none where nothing is left, which is no breach yet, but nothing more is lost', () => {
    expect(ofSurplus('70000', () => 0)).toEqual([{ below: null, above: null }]);
    expect(ofSurplus('70000', () => -1)).toEqual([{ below: '70000', above: '70000' }]);
  });

  it('are the present price where nothing is left and a move costs', () => {
    expect(ofSurplus('70000', (multiple) => multiple - 1)).toEqual([
      { below: '70000', above: null },
    ]);
  });

  it('have twelve digits, and no more than eighteen after the point', () => {
    // Two thirds.
    const [large] = ofSurplus('70000', (multiple) => multiple - 2 / 3);
    const [small] = ofSurplus('0.00007', (multiple) => multiple - 2 / 3);
    const [whole] = ofSurplus('7000000000000000', (multiple) => multiple - 2 / 3);

    expect(large?.below).toMatch(/^46666\.6666\d{1,3}$/);
    expect(small?.below).toMatch(/^0\.000046666666\d{1,4}$/);
    expect(whole?.below).toMatch(/^46666666\d{8}$/);
    expect(ofSurplus('0.000000000001', (multiple) => multiple - 0.5)[0]?.below).toBe(
      '0.0000000000005',
    );
  });

  it('are null from 10²⁰ dollars on, which cannot be written', () => {
    const index = '10000000000000000000';

    expect(ofSurplus(index, (multiple) => 9.5 - multiple)[0]?.above).toBe('95000000000000000000');
    expect(ofSurplus(index, (multiple) => 10 - multiple)[0]?.above).toBe(null);
    expect(ofSurplus(index, (multiple) => 25 - multiple)[0]?.above).toBe(null);
  });

  it('are told of underlyings with a price above zero only', () => {
    const enough: Surplus = () => 1;
    const of = book(venue({ positions: [long] }));

    expect(found(enough, of, market({}))).toEqual([]);
    expect(found(enough, of, market({ BTC: '0' }))).toEqual([]);
    expect(found(enough, of, market({ BTC: '70000' }))).toHaveLength(1);
  });

  it('are none of the dollar, which moves against nothing', () => {
    const dollars = linear({ size: '1', entry: '1', underlying: 'USD', currency: 'USDT' });
    const of = book(venue({ positions: [dollars, long] }));

    expect(found(() => 1, of, market({ BTC: '70000', USD: '1' }))).toEqual([
      { underlying: 'BTC', below: null, above: null },
    ]);
  });

  it('pass over a venue that has never told what it holds, where the model does', () => {
    const unseen = { ...venue({}, { venueAccountId: 'okx:1', venue: 'okx' }), state: null };
    const of = book(unseen, venue({ positions: [long] }));

    expect(found(() => 1, of, prices)).toEqual([{ underlying: 'BTC', below: null, above: null }]);
  });
});

describe('shockedInputs', () => {
  const inputs = {
    book: book(venue({ positions: [option({ size: '1', type: 'CALL', strike: '3300' })] })),
    market: market({ ETH: '3000' }, { 'deribit:ETH-OPTION': instrumentQuote('0.02', 'ETH') }),
  };

  it('changes no price when nothing moves', () => {
    const after = shockedInputs(inputs, 'ETH', { price: 0, volatility: 0 });

    expect(after.book).toEqual(inputs.book);
    expect(after.market.assets).toEqual(inputs.market.assets);
    const mark = after.market.instruments.get('deribit:ETH-OPTION')?.price;
    expect(mark && toFloat(mark)).toBeCloseTo(0.02, 14);
  });

  it('moves forwards with the index, but never below what of them has settled', () => {
    const near = { ...forward(daysAhead(30), '3010'), settled: price('2900') };
    const curve = [near, forward(daysAhead(60), '3050')];
    const moved = shockedInputs(
      { ...inputs, market: { ...inputs.market, forwards: new Map([['ETH', curve]]) } },
      'ETH',
      { price: -0.1, volatility: 0 },
    );

    expect(moved.market.forwards.get('ETH')?.map((of) => of.price)).toEqual([
      price('2900'),
      price('2745'),
    ]);
    expect(moved.market.forwards.get('ETH')?.[0]?.settled).toEqual(price('2900'));
  });

  it('keeps put and call in parity, whatever moves', () => {
    const call = option({ size: '1', type: 'CALL', strike: '3000', currency: 'USD' });
    const put = {
      ...option({ size: '-1', type: 'PUT', strike: '3000', currency: 'USD' }),
      id: 'put',
      instrument: {
        ...option({ size: '-1', type: 'PUT', strike: '3000', currency: 'USD' }).instrument,
        id: 'deribit:PUT',
      },
    };
    const at = market(
      { ETH: '3000' },
      {
        'deribit:ETH-OPTION': instrumentQuote('210', 'USD'),
        'deribit:PUT': instrumentQuote('210', 'USD'),
      },
    );
    const both = { book: book(venue({ positions: [call, put] })), market: at };
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 2, noNaN: true }),
        fc.double({ min: -0.9, max: 2, noNaN: true }),
        (move, volatility) => {
          const { instruments } = shockedInputs(both, 'ETH', { price: move, volatility }).market;
          const [c, p] = ['deribit:ETH-OPTION', 'deribit:PUT'].map((id) =>
            toFloat(instruments.get(id)?.price ?? price('0')),
          );
          expect((c ?? 0) - (p ?? 0)).toBeCloseTo(3000 * move, 6);
        },
      ),
    );
  });

  it('carries the venue’s own mark along where no oracle prices a future', () => {
    const unpriced = {
      book: book(venue({ positions: [linear({ size: '1', entry: '60000', mark: '60500' })] })),
      market: market({ BTC: '60000', USDT: '1' }),
    };
    const after = shockedInputs(unpriced, 'BTC', { price: 0.1, volatility: 0 });

    expect(after.book.venues[0]?.state?.positions[0]?.markPrice).toEqual(price('66550'));
    expect(after.market.assets.get('BTC')?.price).toEqual(price('66000'));
    expect(quantity('1')).toEqual(after.book.venues[0]?.state?.positions[0]?.size);
  });
});
