import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  perpetualHealth,
  type PerpetualHolding,
} from '../../../../subgraphs/margin/domain/collateral/perpetualHealth.js';
import type { SpotOrders } from '../../../../subgraphs/margin/domain/collateral/spotOrderHealth.js';
import {
  tokenWeights,
  type TokenTerms,
} from '../../../../subgraphs/margin/domain/collateral/tokenWeights.js';
import {
  weightedHealth,
  type TokenHolding,
  type WeightedAccount,
} from '../../../../subgraphs/margin/domain/collateral/weightedHealth.js';

const dollar: TokenTerms = {
  price: 1,
  assetWeight: 0.9,
  liabilityWeight: 1.1,
  depositLimit: null,
  borrowLimit: null,
};
/** At 20 dollars, half counted, and owed one and a half times. */
const coin: TokenTerms = { ...dollar, price: 20, assetWeight: 0.5, liabilityWeight: 1.5 };

const holding = (token: string, balance: number, terms: TokenTerms): TokenHolding => ({
  token,
  balance,
  terms,
});

/** Dollars and coins. */
const account = (
  dollars: number,
  coins: number,
  more: Partial<WeightedAccount> = {},
): WeightedAccount => ({
  tokens: [holding('USD', dollars, dollar), holding('COIN', coins, coin)],
  perpetuals: [],
  spotOrders: [],
  ...more,
});

const perpetual: PerpetualHolding = {
  settleToken: 'USD',
  baseLots: 0,
  quote: 0,
  bidLots: 0,
  askLots: 0,
  terms: {
    price: 20,
    baseUnitsPerLot: 5,
    baseAssetWeight: 0.8,
    baseLiabilityWeight: 1.2,
    overallAssetWeight: 0.5,
  },
};

const orders = (quoteReserved: number, baseReserved: number): SpotOrders => ({
  baseToken: 'COIN',
  quoteToken: 'USD',
  quoteReserved,
  baseReserved,
  highestBid: null,
  lowestAsk: null,
});

describe('weightedHealth', () => {
  it('counts less of what is held, and more of what is owed', () => {
    // 0.9 × 1,000 − 1.5 × 10 × 20, and 0.5 × 10 × 20 − 1.1 × 1,000.
    expect(weightedHealth(account(1_000, -10))).toBe(600);
    expect(weightedHealth(account(-1_000, 10))).toBe(-1_000);
    expect(weightedHealth(account(0, 0))).toBe(0);
  });

  it('counts a perpetual with the token that it settles in', () => {
    // A loss of 40 takes 40 of the dollars before they are weighed.
    const lost = { ...perpetual, quote: -40 };
    expect(weightedHealth(account(100, 0, { perpetuals: [lost] }))).toBeCloseTo(54, 12);
    expect(weightedHealth(account(0, 0, { perpetuals: [lost, lost] }))).toBeCloseTo(-88, 12);
  });

  it('lets orders become what helps least', () => {
    // 30 dollars and one coin are 50 dollars or 2.5 coins: at 0.5 coins count for 25, dollars for 45.
    expect(weightedHealth(account(100, 0, { spotOrders: [orders(30, 1)] }))).toBeCloseTo(115, 12);
    // Coins pay a debt back, at 1.5 × 50; so dollars help less.
    expect(weightedHealth(account(100, -10, { spotOrders: [orders(30, 1)] }))).toBeCloseTo(
      90 - 300 + 45,
      12,
    );
  });

  it('lets orders first pay a debt back, and counts the rest as held', () => {
    // 50 dollars on a debt of 30: 30 at 1.1 and 20 at 0.9; as coins 2.5 × 20 at 1.5 is 75.
    expect(weightedHealth(account(-30, -100, { spotOrders: [orders(30, 1)] }))).toBeCloseTo(
      -33 - 3_000 + 33 + 18,
      12,
    );
  });

  it('puts the funds of each market on top of all the others', () => {
    // Each market can make 50 dollars; on top of the other's 50, all of it is held: twice 45.
    const both = [orders(50, 0), orders(50, 0)];
    expect(weightedHealth(account(-50, -100, { spotOrders: both }))).toBeCloseTo(
      -55 - 3_000 + 45 + 45,
      12,
    );
  });

  it('converts at worse prices that orders name, and at no better ones', () => {
    const worse = { ...orders(60, 0), highestBid: 30 };
    // Two coins instead of three.
    expect(weightedHealth(account(0, 0, { spotOrders: [worse] }))).toBeCloseTo(20, 12);
    expect(
      weightedHealth(account(0, 0, { spotOrders: [{ ...worse, highestBid: 15 }] })),
    ).toBeCloseTo(30, 12);
    // A coin sold at 10 pays back 10 of a debt; one sold at 30 counts as 20.
    const sold = { ...orders(0, 1), lowestAsk: 10 };
    expect(weightedHealth(account(-100, -10, { spotOrders: [sold] }))).toBeCloseTo(
      -110 - 300 + 11,
      12,
    );
    expect(
      weightedHealth(account(-100, -10, { spotOrders: [{ ...sold, lowestAsk: 30 }] })),
    ).toBeCloseTo(-110 - 300 + 22, 12);
  });

  it('counts what comes out of orders at the quote token’s own price', () => {
    const euro = holding('EUR', 0, { ...dollar, price: 2 });
    const inEuro = { ...orders(5, 1), quoteToken: 'EUR' };
    // 5 euros and a coin of 10 euros: 15 euros at 0.9 × 2 are 27, 1.5 coins at 0.5 × 20 are 15.
    const book = account(0, 0);
    expect(
      weightedHealth({ ...book, tokens: [...book.tokens, euro], spotOrders: [inEuro] }),
    ).toBeCloseTo(15, 12);
  });

  it('refuses a token twice, and a market of a token that is not there', () => {
    const [first] = account(1, 1).tokens;
    const twice = account(1, 1, { tokens: first ? [first, first] : [] });
    expect(() => weightedHealth(twice)).toThrow('tokens: USD');
    const elsewhere = { ...perpetual, settleToken: 'EUR' };
    expect(() => weightedHealth(account(1, 1, { perpetuals: [elsewhere] }))).toThrow('token: EUR');
    const unknown = { ...orders(1, 1), baseToken: 'EUR' };
    expect(() => weightedHealth(account(1, 1, { spotOrders: [unknown] }))).toThrow('token: EUR');
  });

  it.each([
    ['balance', account(NaN, 0)],
    ['price', account(0, 0, { tokens: [holding('USD', 1, { ...dollar, price: -1 })] })],
    ['quoteReserved', account(0, 0, { spotOrders: [orders(-1, 0)] })],
    ['baseReserved', account(0, 0, { spotOrders: [orders(0, NaN)] })],
    [
      'price',
      account(0, 0, {
        tokens: [holding('USD', 1, dollar), holding('COIN', 1, { ...coin, price: 0 })],
        spotOrders: [orders(1, 0)],
      }),
    ],
    [
      'health',
      account(0, 0, {
        tokens: [
          holding('USD', 1e40, {
            ...dollar,
            price: 1e40,
            borrowLimit: { total: 1e40, scaleStart: 1e-40 },
          }),
        ],
      }),
    ],
  ])('names an impossible %s', (field, book) => {
    expect(() => weightedHealth(book)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field }) as Error,
    );
  });
});

describe('perpetualHealth', () => {
  const at = (terms: Partial<PerpetualHolding>) => perpetualHealth({ ...perpetual, ...terms });

  it('weighs the base, and a gain once more', () => {
    // A lot is worth 100: 0.8 × 300 − 100 is 140, half of it counts; 0.8 × 100 − 100 is −20.
    expect(at({ baseLots: 3, quote: -100 })).toBe(70);
    expect(at({ baseLots: 1, quote: -100 })).toBe(-20);
    // Short one: 200 − 1.2 × 100.
    expect(at({ baseLots: -1, quote: 200 })).toBe(40);
  });

  it('takes the worse of all bids and all asks', () => {
    // Two bought: 0.8 × 200 − 200 is −40. Three sold: 300 − 1.2 × 300 is −60.
    expect(at({ bidLots: 2, askLots: 3 })).toBe(-60);
    expect(at({ bidLots: 4, askLots: 3 })).toBe(-80);
    // Sold out of a long, nothing is left at risk.
    expect(at({ baseLots: 2, quote: -200, askLots: 2 })).toBe(-40);
  });

  it.each([
    ['baseLots', { baseLots: NaN }],
    ['quote', { quote: Infinity }],
    ['bidLots', { bidLots: -1 }],
    ['askLots', { askLots: -1 }],
    ['price', { terms: { ...perpetual.terms, price: -1 } }],
    ['baseUnitsPerLot', { terms: { ...perpetual.terms, baseUnitsPerLot: -1 } }],
    ['baseAssetWeight', { terms: { ...perpetual.terms, baseAssetWeight: -1 } }],
    ['baseLiabilityWeight', { terms: { ...perpetual.terms, baseLiabilityWeight: -1 } }],
    ['overallAssetWeight', { terms: { ...perpetual.terms, overallAssetWeight: -1 } }],
  ])('refuses an impossible %s', (field, terms) => {
    expect(() => at(terms)).toThrow(field);
  });
});

describe('tokenWeights', () => {
  it('scales what the venue holds or lends beyond its limits', () => {
    // 300 coins at 20 are 6,000: three times 2,000, and below 9,000.
    const crowded = { total: 300, scaleStart: 2_000 };
    const roomy = { total: 300, scaleStart: 9_000 };
    expect(tokenWeights({ ...coin, depositLimit: crowded, borrowLimit: roomy })).toEqual({
      assetWeight: 0.5 / 3,
      liabilityWeight: 1.5,
    });
    expect(tokenWeights({ ...coin, depositLimit: roomy, borrowLimit: crowded })).toEqual({
      assetWeight: 0.5,
      liabilityWeight: 4.5,
    });
  });

  it.each([
    ['assetWeight', { assetWeight: -1 }],
    ['liabilityWeight', { liabilityWeight: NaN }],
    ['depositLimit.total', { depositLimit: { total: -1, scaleStart: 1 } }],
    ['depositLimit.scaleStart', { depositLimit: { total: 1, scaleStart: 0 } }],
    ['borrowLimit.total', { borrowLimit: { total: NaN, scaleStart: 1 } }],
    ['borrowLimit.scaleStart', { borrowLimit: { total: 1, scaleStart: -1 } }],
  ])('refuses an impossible %s', (field, terms) => {
    expect(() => tokenWeights({ ...coin, ...terms })).toThrow(field);
  });
});

const amount = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const reserved = fc.double({ min: 0, max: 1e5, noNaN: true });
const books = fc
  .record({ dollars: amount, coins: amount, quote: amount, lots: amount, a: reserved, b: reserved })
  .map(({ dollars, coins, quote, lots, a, b }) =>
    account(dollars, coins, {
      perpetuals: [{ ...perpetual, quote, baseLots: lots }],
      spotOrders: [orders(a, b), orders(b, a)],
    }),
  );

describe('weightedHealth, of any account', () => {
  it('is never more than what everything is worth', () => {
    fc.assert(
      fc.property(books, (book) => {
        const worth =
          book.tokens.reduce((sum, { balance, terms }) => sum + balance * terms.price, 0) +
          book.perpetuals.reduce((sum, { quote, baseLots }) => sum + quote + baseLots * 100, 0) +
          book.spotOrders.reduce((sum, one) => sum + one.quoteReserved + one.baseReserved * 20, 0);
        expect(weightedHealth(book)).toBeLessThanOrEqual(worth + 1e-6);
      }),
    );
  });

  it('grows with a deposit, and shrinks when the venue holds more of the token', () => {
    fc.assert(
      fc.property(books, reserved, (book, more) => {
        const [dollars, coins] = book.tokens;
        if (!dollars || !coins) throw new Error('two tokens');
        const deposited = { ...dollars, balance: dollars.balance + more };
        const before = weightedHealth(book);
        const slack = 1e-6;
        expect(weightedHealth({ ...book, tokens: [deposited, coins] })).toBeGreaterThanOrEqual(
          before - slack,
        );
        const crowded = {
          ...coins,
          terms: { ...coin, depositLimit: { total: more, scaleStart: 1_000 } },
        };
        expect(weightedHealth({ ...book, tokens: [dollars, crowded] })).toBeLessThanOrEqual(
          before + slack,
        );
      }),
    );
  });

  it('does not depend on the order of tokens and markets', () => {
    fc.assert(
      fc.property(books, (book) => {
        const turned = {
          tokens: book.tokens.toReversed(),
          perpetuals: book.perpetuals,
          spotOrders: book.spotOrders.toReversed(),
        };
        expect(weightedHealth(turned)).toBeCloseTo(weightedHealth(book), 5);
      }),
    );
  });
});
