import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { basisScenario } from '../../../../subgraphs/margin/domain/scenario/basisScenario.js';
import { collateralHaircut } from '../../../../subgraphs/margin/domain/scenario/collateralHaircut.js';
import { nakedShortOption } from '../../../../subgraphs/margin/domain/scenario/nakedShortOption.js';
import { oracleConfidence } from '../../../../subgraphs/margin/domain/scenario/oracleConfidence.js';
import { perpetualContingency } from '../../../../subgraphs/margin/domain/scenario/perpetualContingency.js';
import {
  anyUnderlying,
  call,
  coins,
  expiry,
  fed,
  LINE_COUNT,
  perpetual,
  put,
  roundingOf,
  scaledBy,
  together,
  underlying,
} from './riskBooks.js';

const amountAndShares = ({ amount, shares }: Requirement, count: number) => ({
  amount,
  shares: [...shares.slice(0, count)],
});

describe('perpetualContingency', () => {
  const charge = (book: UnderlyingRisk) =>
    perpetualContingency('PERPETUAL', { kind: 'PERPETUAL_CONTINGENCY', rate: 0.02 }, book, 4);

  it('takes its rate of the net perpetuals’ notional at spot', () => {
    const book = underlying({
      spot: fed(200),
      futures: [
        perpetual(-3, { line: 0 }),
        perpetual(100, { line: 1, contract: 'INVERSE' }),
        perpetual(-1, { line: 2, contract: 'QUANTO' }),
      ],
    });

    // −3 + 100 ÷ 100 − 1 is 3 short: 3 × 200 × 2 %; the long lowers it.
    expect(amountAndShares(charge(book), 4)).toEqual({ amount: 12, shares: [12, -4, 4, 0] });
  });

  it('nets dated futures within their expiry only', () => {
    const expiries = [expiry(30), expiry(60)];
    const dated = (quantity: number, place: number | null, line: number) =>
      perpetual(quantity, { expiry: place, line });
    const book = underlying({
      expiries,
      futures: [dated(1, null, 0), dated(-1, 0, 1), dated(2, 1, 2), dated(-1, 1, 3)],
    });

    expect(amountAndShares(charge(book), 4)).toEqual({ amount: 6, shares: [2, 2, 4, -2] });
  });
});

describe('nakedShortOption', () => {
  const charge = (book: UnderlyingRisk) =>
    nakedShortOption('NAKED', { kind: 'NAKED_SHORT_OPTION', rate: 0.01 }, book, 4);

  it('takes its rate of the spot for every short that nothing of its strike covers', () => {
    const options = [call(-5, { line: 0 }), put(2, { line: 1 }), put(-1, { line: 2, strike: 90 })];

    // 5 − 2 at the strike of 100, 1 at 90; each is a dollar.
    expect(amountAndShares(charge(underlying({ options })), 4)).toEqual({
      amount: 4,
      shares: [5, -2, 1, 0],
    });
  });

  it('counts a short straddle twice', () => {
    expect(charge(underlying({ options: [call(-1), put(-1)] })).amount).toBe(2);
  });

  it('keeps expiries apart, and asks nothing for what is covered', () => {
    const expiries = [expiry(30), expiry(60)];
    const across = [call(-1), call(1, { expiry: 1 })];

    expect(charge(underlying({ expiries, options: across })).amount).toBe(1);
    expect(charge(underlying({ options: [call(-1), put(3)] })).amount).toBe(0);
  });
});

describe('collateralHaircut', () => {
  const held = underlying({
    collateral: [
      coins(2, { line: 0, maintenanceHaircut: 0.1, initialHaircut: 0.04 }),
      coins(-3, { line: 1, maintenanceHaircut: 0.2, initialHaircut: 0.1, price: fed(10) }),
    ],
  });

  it('takes the haircut of what is held, and adds it to what is owed', () => {
    const rule = { kind: 'COLLATERAL_HAIRCUT', level: 'MAINTENANCE' } as const;

    // 200 × 10 % and 30 × 20 %.
    expect(amountAndShares(collateralHaircut('HAIRCUT', rule, held, 3), 3)).toEqual({
      amount: 26,
      shares: [20, 6, 0],
    });
  });

  it('takes what initial margin adds apart', () => {
    const rule = { kind: 'COLLATERAL_HAIRCUT', level: 'INITIAL' } as const;

    expect(collateralHaircut('HAIRCUT', rule, held, 3).amount).toBeCloseTo(8 + 3, 12);
  });
});

describe('oracleConfidence', () => {
  const rule = { kind: 'ORACLE_CONFIDENCE', threshold: 0.5, factor: 2 } as const;
  const charge = (book: UnderlyingRisk) => oracleConfidence('ORACLE', rule, book, 6);

  it('asks nothing at the threshold, and (1 − confidence) × factor of notional below it', () => {
    const at = (confidence: number) =>
      underlying({ perpetualConfidence: confidence, futures: [perpetual(-3)] });

    // (1 − 0.25) × 2 × 300.
    expect([charge(at(0.5)).amount, charge(at(0.25)).amount]).toEqual([0, 450]);
  });

  it('doubts perpetuals for the spot or the perpetual’s feed, and dated futures for the forward', () => {
    const book = underlying({
      perpetualConfidence: 0.25,
      futures: [perpetual(1, { line: 0 }), perpetual(1, { line: 1, expiry: 0 })],
    });

    expect(amountAndShares(charge(book), 2).shares).toEqual([150, 0]);
    expect(amountAndShares(charge({ ...book, spot: fed(100, 0.1) }), 2).shares).toEqual([180, 180]);
    const doubted = { ...book, expiries: [expiry(30, { forward: fed(100, 0) })] };
    expect(amountAndShares(charge(doubted), 2).shares).toEqual([150, 200]);
  });

  const [bought, sold] = [call(2, { line: 0 }), put(-1, { line: 1 })];
  const options = [bought, sold];
  it.each([
    { feed: 'the spot', book: { spot: fed(100, 0.25) } },
    { feed: 'a perpetual that is held', book: { perpetualConfidence: 0.25 } },
    { feed: 'the forward', book: { expiries: [expiry(30, { forward: fed(100, 0.25) })] } },
    { feed: 'the rate', book: { expiries: [expiry(30, { rate: fed(0, 0.25) })] } },
    {
      feed: 'any volatility of the expiry',
      book: { options: [bought, { ...sold, confidence: 0.25 }] },
    },
  ])('doubts every option of an expiry for $feed', ({ book }) => {
    // 0.75 × 2 × (2 + 1) × 100.
    const { amount, shares } = charge(underlying({ options, ...book }));

    expect([amount, shares[0], shares[1]]).toEqual([450, 300, 150]);
  });

  it('does not doubt what is held for what is not', () => {
    const gone = call(0, { strike: 50, confidence: 0 });

    expect(charge(underlying({ options: [call(1), gone] })).amount).toBe(0);
  });

  it('does not doubt one expiry for another', () => {
    const expiries = [expiry(30, { forward: fed(100, 0.25) }), expiry(60)];
    const book = underlying({ expiries, options: [call(1, { expiry: 1, line: 2 })] });

    expect(charge(book).amount).toBe(0);
  });

  it('nets the same contract over lines', () => {
    const doubted = { confidence: 0 };
    const book = underlying({
      options: [call(3, { line: 0, ...doubted }), call(-1, { line: 1, ...doubted })],
    });

    expect(amountAndShares(charge(book), 2)).toEqual({ amount: 400, shares: [600, -200] });
  });

  it('doubts held coins for their own feed or the spot’s, and never for a perpetual’s', () => {
    const book = underlying({
      perpetualConfidence: 0,
      collateral: [coins(1, { line: 0 }), coins(-2, { line: 1, price: fed(100, 0.25) })],
    });

    expect(amountAndShares(charge(book), 2).shares).toEqual([0, 300]);
    expect(amountAndShares(charge({ ...book, spot: fed(100, 0) }), 2).shares).toEqual([200, 400]);
  });
});

describe('basisScenario', () => {
  const rule = {
    kind: 'BASIS_SCENARIO',
    up: 0.05,
    down: -0.1,
    share: 0.5,
    sharePerYear: 2,
    discountsMarks: false,
  } as const;
  const deep = { strike: 1e-9, volatility: 0 };

  it('takes each expiry’s worse move, counted by its time', () => {
    const expiries = [expiry(36.5), expiry(73)];
    const book = underlying({
      expiries,
      options: [call(1, { ...deep, line: 0 }), call(-1, { ...deep, expiry: 1, line: 1 })],
    });

    // The long loses 10 × (0.5 + 2 × 0.1), the short 5 × (0.5 + 2 × 0.2).
    const { amount, shares } = basisScenario('BASIS', rule, book, 2);
    expect([shares[0], shares[1], amount]).toEqual([
      expect.closeTo(7, 9),
      expect.closeTo(4.5, 9),
      expect.closeTo(11.5, 9),
    ]);
  });

  it('lets a dated future hedge the options of its expiry, and leaves perpetuals out', () => {
    const book = underlying({
      options: [call(1, deep)],
      futures: [perpetual(-1, { expiry: 0, line: 1 }), perpetual(50, { line: 2 })],
    });

    expect(basisScenario('BASIS', rule, book, 3).amount).toBeLessThan(1e-9);
  });

  it('values an inverse future by the dollars it stands for, and a settling one by what moves', () => {
    const expiries = [expiry(36.5, { forwardFixed: 75 })];
    const inverse = perpetual(400, { expiry: 0, contract: 'INVERSE', pointValue: 2 });

    // 400 × 2 × 10 % × a quarter × 0.7.
    const book = underlying({ expiries, futures: [inverse] });
    expect(basisScenario('BASIS', rule, book, 1).amount).toBeCloseTo(14, 9);
  });

  it('discounts marks at the rate where the venue does', () => {
    const expiries = [expiry(365, { rate: fed(0.2) })];
    const book = underlying({ expiries, options: [call(1, deep)] });

    const discounted = basisScenario('BASIS', { ...rule, discountsMarks: true }, book, 1);
    expect(discounted.amount).toBeCloseTo(10 * 2.5 * Math.exp(-0.2), 9);
  });

  it('asks nothing where no move loses', () => {
    const straddle = underlying({ options: [call(1), put(1)] });

    expect(basisScenario('BASIS', { ...rule, down: -0.5, up: 0.5 }, straddle, 1).amount).toBe(0);
  });
});

describe('every contingency, for any book', () => {
  const contingencies: readonly ((book: UnderlyingRisk) => number)[] = [
    (book) =>
      perpetualContingency('C', { kind: 'PERPETUAL_CONTINGENCY', rate: 0.03 }, book, LINE_COUNT)
        .amount,
    (book) =>
      nakedShortOption('C', { kind: 'NAKED_SHORT_OPTION', rate: 0.01 }, book, LINE_COUNT).amount,
    (book) =>
      collateralHaircut('C', { kind: 'COLLATERAL_HAIRCUT', level: 'INITIAL' }, book, LINE_COUNT)
        .amount,
    (book) =>
      basisScenario(
        'C',
        {
          kind: 'BASIS_SCENARIO',
          up: 0.05,
          down: -0.05,
          share: 0.5,
          sharePerYear: 2,
          discountsMarks: true,
        },
        book,
        LINE_COUNT,
      ).amount,
  ];

  const oracle = (book: UnderlyingRisk) =>
    oracleConfidence(
      'C',
      { kind: 'ORACLE_CONFIDENCE', threshold: 0.8, factor: 1 },
      book,
      LINE_COUNT,
    ).amount;

  it('is never negative, and grows in proportion', () => {
    const factors = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(anyUnderlying, factors, (book, factor) => {
        const rounding = roundingOf(book) * (1 + factor);
        for (const contingency of [...contingencies, oracle]) {
          expect(contingency(book)).toBeGreaterThanOrEqual(-rounding);
          const larger = contingency(scaledBy(factor, book));
          expect(Math.abs(larger - factor * contingency(book))).toBeLessThanOrEqual(rounding);
        }
      }),
    );
  });

  // But for the oracle's: the least trusted feed of one book is held against the other's options.
  it('asks no more together than apart', () => {
    fc.assert(
      fc.property(anyUnderlying, anyUnderlying, (one, other) => {
        const both = together(one, other);
        for (const contingency of contingencies) {
          const apart = contingency(one) + contingency(other);
          expect(contingency(both)).toBeLessThanOrEqual(apart + roundingOf(both));
        }
      }),
    );
  });

  it('asks no less for less confidence', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyUnderlying, shares, shares, (book, one, other) => {
        const at = (confidence: number) => oracle({ ...book, spot: fed(100, confidence) });
        const [less, more] = [at(Math.min(one, other)), at(Math.max(one, other))];
        expect(less).toBeGreaterThanOrEqual(more - roundingOf(book));
      }),
    );
  });
});
