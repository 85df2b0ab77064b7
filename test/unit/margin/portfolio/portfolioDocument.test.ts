import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { format, price, quantity, ratio } from '../../../../subgraphs/shared/units.js';
import {
  PortfolioDocumentError,
  portfolioInputs,
  readPortfolio,
} from '../../../../subgraphs/margin/portfolioDocument.js';
import { NOW } from '../books.js';
import { BTC, call, swap } from './documentParts.js';
import { allParameters, marginBy, setNamed } from './models.js';

const of = (positions: object[], more: object = {}) => ({
  positions,
  market: { assets: [BTC] },
  ...more,
});

/** «path: message» of each mistake. */
function mistakesIn(document: unknown): readonly string[] {
  try {
    portfolioInputs(document, NOW);
    return [];
  } catch (error) {
    if (!(error instanceof PortfolioDocumentError)) throw error;
    return error.mistakes.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('the open interest of a portfolio document', () => {
  it('makes the initial rate of a dYdX tier rise, as nothing known of it does', () => {
    const initialWith = (openInterest?: string) => {
      const given = { type: 'LINEAR', underlying: 'SOL', size: '1000' };
      const { book, market } = portfolioInputs(
        {
          positions: [{ ...given, ...(openInterest && { openInterest }) }],
          market: { assets: [{ asset: 'SOL', price: '200' }] },
        },
        NOW,
      );
      return format(marginBy(setNamed('standard', 'standard-dydx'), book, market).initialMargin);
    };

    // 5 % of 200 000 up to 25 million open; halfway to 50 million 5 % + 95 % ÷ 2; then all.
    expect(initialWith('125000')).toBe('10000');
    expect(initialWith('187500')).toBe('105000');
    expect(initialWith('250000')).toBe('200000');
    expect(initialWith()).toBe('200000');
  });
});

describe('readPortfolio', () => {
  it('reads the example of the documentation, whose inputs are all there', () => {
    const text = readFileSync(
      new URL('../../../../docs/examples/portfolio.json', import.meta.url),
      'utf8',
    );
    const { book, market } = readPortfolio(text, NOW);

    for (const set of allParameters.sets) {
      expect(marginBy(set, book, market)).toMatchObject({ quality: 'LIVE', reasons: [] });
    }
  });

  it('fills in what a position leaves unsaid', () => {
    const { book, market } = portfolioInputs(of([swap]), NOW);

    expect(book).toEqual({
      accountId: 'portfolio',
      venues: [
        {
          venueAccountId: 'venue:portfolio',
          venue: 'venue',
          condition: { quality: 'LIVE' },
          state: {
            asOf: NOW,
            balances: [],
            positions: [
              {
                id: 'position-0',
                size: quantity('1'),
                entryPrice: price('70000'),
                markPrice: price('70000'),
                instrument: {
                  id: 'venue:position-0',
                  contractType: 'LINEAR',
                  underlying: 'BTC',
                  priceCurrency: 'USD',
                  settlementCurrency: 'USD',
                  contractMultiplier: quantity('1'),
                  expiry: null,
                },
              },
            ],
          },
        },
      ],
    });
    expect(market.haircuts).toEqual(
      new Map([
        ['USD', ratio('0')],
        ['BTC', ratio('0')],
      ]),
    );
  });

  it('settles an inverse future in its underlying, and marks a dated one at its forward', () => {
    const expiry = '2026-12-25T08:00:00Z';
    const { book } = portfolioInputs(
      {
        positions: [{ ...swap, type: 'INVERSE', expiry }],
        market: { assets: [BTC], forwards: [{ underlying: 'BTC', expiry, price: '71000' }] },
      },
      NOW,
    );

    expect(book.venues[0]?.state?.positions[0]).toMatchObject({
      markPrice: price('71000'),
      instrument: { settlementCurrency: 'BTC', contractType: 'INVERSE' },
    });
  });

  it('marks an option at what its volatility makes of it, in its price currency', () => {
    const asOf = '2026-11-25T08:00:00Z'; // 30 days before.
    const marked = (more: object) => {
      const { book, market } = portfolioInputs(of([{ ...call, ...more }], { asOf }), NOW);
      expect(market.at).toEqual(new Date(asOf));
      return Number(format(book.venues[0]?.state?.positions[0]?.markPrice ?? price('0')));
    };

    // Black-76 at 70 000, 75 000, 30 days and 60 %: 2 862.36.
    expect(marked({})).toBeCloseTo(2862.36, 2);
    expect(marked({ priceCurrency: 'BTC' })).toBeCloseTo(2862.36 / 70_000, 7);
    expect(marked({ markPrice: '2900' })).toBe(2900);
  });

  it('counts settlement in several currencies by the weakest of them', () => {
    const document = {
      positions: [
        { ...swap, priceCurrency: 'USDT' },
        { ...swap, priceCurrency: 'USDC' },
      ],
      market: {
        assets: [BTC, { asset: 'USDT', price: '0.97' }, { asset: 'USDC', price: '1' }],
      },
    };
    const { book, market } = portfolioInputs(document, NOW);

    expect(marginBy(setNamed('scenario', 'derive-pm2'), book, market).quality).toBe('LIVE');
  });
});

describe('a portfolio document with mistakes', () => {
  const decimal =
    'must be a plain decimal such as "-12.5", of up to 20 digits before the point and 18 after';

  it.each<[string, unknown, readonly string[]]>([
    ['is no object', [], ['document: Invalid input: expected object, received array']],
    [
      'has a number as a number',
      of([{ ...swap, size: 1 }]),
      ['positions.0.size: must be a decimal written as text, such as "0.5"'],
    ],
    ['has an exponent', of([{ ...swap, size: '1e30' }]), [`positions.0.size: ${decimal}`]],
    [
      'is too large',
      of([{ ...swap, size: `1${'0'.repeat(30)}` }]),
      [`positions.0.size: ${decimal}`],
    ],
    [
      'holds nothing of something',
      of([{ ...swap, size: '0' }]),
      ['positions.0.size: must not be zero'],
    ],
    [
      'has a negative volatility',
      of([{ ...call, volatility: '-0.1' }]),
      ['positions.0.volatility: must not be negative'],
    ],
    [
      'has a volatility that is no number',
      of([{ ...call, volatility: 'NaN' }]),
      [`positions.0.volatility: ${decimal}`],
    ],
    [
      'has a strike of nothing',
      of([{ ...call, strike: '0' }]),
      ['positions.0.strike: must be above zero'],
    ],
    [
      'has an expired option',
      of([{ ...call, expiry: '2026-11-22T12:00:00Z' }]),
      ['positions.0.expiry: has passed at 2026-11-22T12:00:00.000Z'],
    ],
    [
      'has an option without a price',
      of([{ ...call, volatility: undefined }]),
      ['positions.0.volatility: an option needs a volatility or a markPrice'],
    ],
    [
      'holds a kind that there is not',
      of([{ ...swap, type: 'SWAPTION' }]),
      ['positions.0.type: must be LINEAR, INVERSE or OPTION'],
    ],
    [
      'holds what nobody prices',
      of([{ ...swap, underlying: 'DOGE' }]),
      ['positions.0.underlying: DOGE has no price: list it in market.assets'],
    ],
    [
      'settles in what nobody prices',
      of([{ ...swap, settlementCurrency: 'EUR' }]),
      ['positions.0.settlementCurrency: EUR has no price: list it in market.assets'],
    ],
    [
      'pledges what nobody prices',
      of([], { collateral: [{ asset: 'ETH', quantity: '1' }] }),
      ['collateral.0.asset: ETH has no price: list it in market.assets'],
    ],
    [
      'has two positions of one id',
      of([
        { ...swap, id: 'a' },
        { ...swap, id: 'a' },
      ]),
      ['positions.1.id: a is there twice'],
    ],
    ['misspells a field', of([{ ...swap, sise: '1' }]), ['positions.0: Unrecognized key: "sise"']],
    [
      'has an asset twice',
      { market: { assets: [BTC, BTC] } },
      ['market.assets.1.asset: BTC is there twice'],
    ],
    [
      'prices dollars',
      { market: { assets: [{ asset: 'USD', price: '1' }] } },
      ['market.assets.0.asset: USD is always worth 1: leave it out'],
    ],
    [
      'has a forward of nothing',
      {
        market: {
          assets: [BTC],
          forwards: [{ underlying: 'BTC', expiry: call.expiry, price: '0' }],
        },
      },
      ['market.forwards.0.price: must be above zero'],
    ],
    [
      'has more settled than the forward',
      {
        market: {
          assets: [BTC],
          forwards: [{ underlying: 'BTC', expiry: call.expiry, price: '5', settled: '6' }],
        },
      },
      ['market.forwards.0.settled: must be at most the price'],
    ],
    [
      'has a forward at a rate of ten million a year',
      {
        market: {
          assets: [BTC],
          forwards: [{ underlying: 'BTC', expiry: call.expiry, price: '5', rate: '10000000' }],
        },
      },
      ['market.forwards.0.rate: times the years until then must be at most 50'],
    ],
    [
      'marks an option at more than plain decimals hold',
      // 60 000 dollars are 6 × 10²² coins of 10⁻¹⁸ dollars each.
      of([{ ...call, strike: '10000', priceCurrency: 'XEC' }], {
        market: { assets: [BTC, { asset: 'XEC', price: '0.000000000000000001' }] },
      }),
      ['positions.0.volatility: gives a mark of more than 20 digits'],
    ],
    [
      'marks a future at less than they do',
      of([{ ...swap, priceCurrency: 'XEC' }], {
        market: {
          assets: [
            { asset: 'BTC', price: '0.000000000000000001' },
            { asset: 'XEC', price: '70000' },
          ],
        },
      }),
      ['positions.0.markPrice: is nothing in XEC, to 18 digits: give one above zero'],
    ],
    [
      'has an expiry twice',
      {
        market: {
          assets: [BTC],
          forwards: [
            { underlying: 'BTC', expiry: call.expiry, price: '5' },
            { underlying: 'BTC', expiry: '2026-12-25T08:00:00.000Z', price: '6' },
          ],
        },
      },
      ['market.forwards.1.expiry: BTC has this expiry twice'],
    ],
    [
      'trusts a price more than fully',
      { market: { assets: [{ ...BTC, confidence: '1.1' }] } },
      ['market.assets.0.confidence: must be at most "1"'],
    ],
  ])('that %s is refused with its path', (_, document, mistakes) => {
    expect(mistakesIn(document)).toEqual(mistakes);
  });

  it('lists all of them at once', () => {
    const document = of([
      { ...swap, underlying: 'DOGE' },
      { ...call, expiry: '2020-01-01T00:00:00Z' },
    ]);

    expect(mistakesIn(document)).toHaveLength(2);
  });

  it('is told from what is no JSON', () => {
    expect(() => readPortfolio('{', NOW)).toThrow(PortfolioDocumentError);
    expect(() => readPortfolio('{', NOW)).toThrow('document: is not JSON');
  });
});
