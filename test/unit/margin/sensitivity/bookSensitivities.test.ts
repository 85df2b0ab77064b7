import { describe, expect, it } from 'vitest';
import { bookSensitivities } from '../../../../subgraphs/margin/domain/sensitivity/bookSensitivities.js';
import { crifRows, crifText } from '../../../../subgraphs/margin/domain/sensitivity/crif.js';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { sensitivityParametersNamed } from '../../../../subgraphs/margin/parameters/sensitivityParameters.js';
import { bookOf, coin, expiryIn, held, option, perpetual } from './riskBooks.js';

const { rules } = sensitivityParametersNamed('sensitivity-1');

const rowsOf = (book: RiskBook) =>
  bookSensitivities(book, rules).map(({ line, riskType, bucket, qualifier, label1, amount }) => [
    line,
    `${riskType} ${bucket} ${qualifier} ${label1}`,
    amount,
  ]);

describe('bookSensitivities', () => {
  it('measure futures and held coins in USD for 1 %', () => {
    const book = bookOf(
      coin('BTC', 70_000, {
        futures: [
          // 2 × 71,000 × 1 %; −30,000 USD × 1 %; 3 × 500 points of 4 USD × 1 %.
          perpetual(0, 2, 71_000),
          perpetual(1, -30_000, 70_000, { contract: 'INVERSE' }),
          perpetual(2, 3, 500, { contract: 'QUANTO', pointValue: 4, pays: 'ETH' }),
        ],
        collateral: [held(3, 0.5, 70_000), held(4, 9, 70_000, { isRiskCancelling: false })],
      }),
    );

    expect(rowsOf(book)).toEqual([
      [0, 'Risk_Crypto BTC BTC 0d', 1420],
      [1, 'Risk_Crypto BTC BTC 0d', -300],
      [2, 'Risk_Crypto BTC BTC 0d', 60],
      [3, 'Risk_Crypto BTC BTC 0d', 350],
    ]);
  });

  it('are rows of crypto-assets, without a second label', () => {
    const book = bookOf(coin('BTC', 70_000, { futures: [perpetual(0, 2, 71_000)] }));

    expect(bookSensitivities(book, rules)).toEqual([
      {
        productClass: 'Crypto',
        riskType: 'Risk_Crypto',
        qualifier: 'BTC',
        bucket: 'BTC',
        label1: '0d',
        label2: '',
        amount: 1420,
        line: 0,
      },
    ]);
  });

  it('spread an expiry over the tenors around it', () => {
    // 15 days are about half of the first month of 30.4167 days.
    const book = bookOf(
      coin('SOL', 100, {
        expiries: [expiryIn(15, 102)],
        futures: [perpetual(0, 10, 102, { expiry: 0 })],
      }),
    );
    const share = 15 / 30.4167;

    expect(rowsOf(book)).toEqual([
      [0, 'Risk_Crypto LARGE_LAYER_ONE SOL 0d', expect.closeTo(10.2 * (1 - share), 10)],
      [0, 'Risk_Crypto LARGE_LAYER_ONE SOL 1m', expect.closeTo(10.2 * share, 10)],
    ]);
  });

  it('count of a future near its settlement only what still moves', () => {
    const curve = { ...expiryIn(0.01, 100), forwardFixed: 75 };
    const book = bookOf(
      coin('SOL', 100, { expiries: [curve], futures: [perpetual(0, 8, 100, { expiry: 0 })] }),
    );
    const total = bookSensitivities(book, rules).reduce((sum, { amount }) => sum + amount, 0);

    // A quarter of 8 × 100 × 1 %.
    expect(total).toBeCloseTo(2, 10);
  });

  it('take an option’s delta by its forward and its vega times its volatility', () => {
    // F 70,000, K 75,000, 30 days, σ 60 %: delta 0.376351, vega 7,618.42 (domain.md §13).
    const book = bookOf(
      coin('BTC', 70_000, { expiries: [expiryIn(30, 70_000)], options: [option(0, -2, 75_000)] }),
    );
    const rows = bookSensitivities(book, rules);
    const total = (riskType: string) =>
      rows.reduce((sum, row) => (row.riskType === riskType ? sum + row.amount : sum), 0);

    expect(total('Risk_Crypto')).toBeCloseTo(-2 * 0.376351 * 700, 2);
    expect(total('Risk_CryptoVol')).toBeCloseTo(-2 * 0.6 * 7618.42, 1);
  });

  it('count of an option near its settlement only the part of the forward that still moves', () => {
    // Far in the money, delta 1 without volatility: a quarter of 8 × 100 × 1 %.
    const curve = { ...expiryIn(0.01, 100), forwardFixed: 75 };
    const options = [option(0, 8, 10, { volatility: 0 })];
    const rows = bookSensitivities(bookOf(coin('SOL', 100, { expiries: [curve], options })), rules);
    const deltas = rows.filter(({ riskType }) => riskType === 'Risk_Crypto');

    expect(deltas.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(2, 10);
  });

  it('put coins that no bucket lists with the others', () => {
    const book = bookOf(coin('NEW', 5, { futures: [perpetual(0, 1, 5)] }));

    expect(rowsOf(book)).toEqual([[0, 'Risk_Crypto OTHERS NEW 0d', 0.05]]);
  });

  it('can be read back as CRIF', () => {
    const book = bookOf(
      coin('BTC', 70_000, { expiries: [expiryIn(30, 70_000)], options: [option(0, -2, 75_000)] }),
    );
    const rows = bookSensitivities(book, rules);

    expect(crifRows(crifText(rows)).map(({ amountUsd }) => amountUsd)).toEqual(
      rows.map(({ amount }) => amount),
    );
  });

  it.each([
    ['BTC.options[0].volatility', { options: [option(0, 1, 1, { volatility: -0.1 })] }],
    ['BTC.options[0].strike', { options: [option(0, 1, 0)] }],
    ['BTC.options[0].quantity', { options: [option(0, NaN, 1)] }],
    ['BTC.futures[0].mark', { futures: [perpetual(0, 1, 0)] }],
    ['BTC.collateral[0].price', { collateral: [held(0, 1, -1)] }],
  ])('refuse a number out of its range, and name it: %s', (field, parts) => {
    const book = bookOf(coin('BTC', 1, { expiries: [expiryIn(1, 1)], ...parts }));

    expect(() => bookSensitivities(book, rules)).toThrow(field);
  });
});
