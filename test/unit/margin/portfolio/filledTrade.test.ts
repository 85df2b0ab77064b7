import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  format,
  isLess,
  price,
  quantity,
  subtract,
  toFloat,
} from '../../../../subgraphs/shared/units.js';
import {
  filledTrade,
  type Holding,
} from '../../../../subgraphs/margin/domain/portfolio/filledTrade.js';
import { inverse, linear, option } from '../books.js';

const ONE = [price('1'), price('1')] as const;
const { instrument: future } = linear({ size: '1', entry: '1', multiplier: '0.1' });
const { instrument: coinFuture } = inverse({ size: '1', entry: '1', multiplier: '100' });
const { instrument: call } = option({ size: '1', type: 'CALL', strike: '3000', multiplier: '2' });

const held = (size: string, entry: string): Holding => ({
  size: quantity(size),
  entryPrice: price(entry),
});
const fill = (size: string, at: string, instrument: typeof future = future) => ({
  instrument,
  size: quantity(size),
  price: price(at),
});
const shown = ({ held: left, cash }: ReturnType<typeof filledTrade>) => ({
  size: left && format(left.size),
  entry: left && format(left.entryPrice),
  cash: format(cash),
});

describe('filledTrade', () => {
  it('opens at the price of the trade, for nothing', () => {
    expect(shown(filledTrade(null, fill('-3', '60000'), ONE))).toEqual({
      size: '-3',
      entry: '60000',
      cash: '0',
    });
  });

  it('averages the entry price when it adds', () => {
    // (1 × 60 000 + 3 × 64 000) ÷ 4.
    expect(shown(filledTrade(held('1', '60000'), fill('3', '64000'), ONE))).toEqual({
      size: '4',
      entry: '63000',
      cash: '0',
    });
  });

  it('averages coins when it adds to an inverse future', () => {
    // 4 ÷ (2 ÷ 50 000 + 2 ÷ 100 000): halfway in 1/price.
    const after = filledTrade(held('2', '50000'), fill('2', '100000', coinFuture), ONE);

    expect(toFloat(after.held?.entryPrice ?? price('0'))).toBeCloseTo(66_666.666667, 6);
  });

  it('realizes the profit of what is closed, and keeps the entry price of the rest', () => {
    // 1 × 0.1 × (64 000 − 60 000).
    expect(shown(filledTrade(held('3', '60000'), fill('-1', '64000'), ONE))).toEqual({
      size: '2',
      entry: '60000',
      cash: '400',
    });
    // A short of 3 × 100 dollars bought back: 300 × (1/64 000 − 1/60 000) coins lost.
    expect(shown(filledTrade(held('-3', '60000'), fill('3', '64000', coinFuture), ONE))).toEqual({
      size: null,
      entry: null,
      cash: '-0.0003125',
    });
  });

  it('turns a position: closes all of it, and opens the rest at the price of the trade', () => {
    // −2 × 0.1 × (58 000 − 60 000).
    expect(shown(filledTrade(held('-2', '60000'), fill('5', '58000'), ONE))).toEqual({
      size: '3',
      entry: '58000',
      cash: '400',
    });
  });

  it('pays an option’s premium in its settlement currency, whichever way it goes', () => {
    // 3 × 2 × 0.05 coins of 3 000 dollars each, in a currency of half a dollar.
    const paidIn = [price('3000'), price('0.5')] as const;

    expect(shown(filledTrade(null, fill('3', '0.05', call), paidIn)).cash).toBe('-1800');
    expect(shown(filledTrade(held('3', '0.02'), fill('-3', '0.05', call), paidIn))).toEqual({
      size: null,
      entry: null,
      cash: '1800',
    });
  });

  it('makes no profit of a trade at the mark, and loses at most rounding', () => {
    const sizes = fc.integer({ min: -999, max: 999 }).filter((n) => n !== 0);
    const prices = fc.integer({ min: 1, max: 9_999_999 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(sizes, prices, sizes, prices, (size, entry, traded, mark) => {
        const before = held(String(size), entry);
        const { held: after, cash } = filledTrade(before, fill(String(traded), mark), ONE);
        // Size × 0.1 × (mark − entry), in units of 10⁻¹⁸ of rounding for each contract.
        const profit = (of: Holding | null) =>
          of === null ? 0 : toFloat(of.size) * 0.1 * toFloat(subtract(price(mark), of.entryPrice));
        expect(profit(after) + toFloat(cash)).toBeCloseTo(profit(before), 6);
      }),
    );
  });

  it('rounds the entry price against the holder', () => {
    // (1 × 1 + 2 × 2) ÷ 3 = 1.66…
    const long = filledTrade(held('1', '1'), fill('2', '2'), ONE).held?.entryPrice ?? price('0');
    const short = filledTrade(held('-1', '1'), fill('-2', '2'), ONE).held?.entryPrice ?? price('0');

    expect(isLess(short, long)).toBe(true);
    expect(subtract(long, short)).toEqual(price('0.000000000000000001'));
    expect(add(short, price('0.000000000000000001'))).toEqual(long);
  });

  it('averages dust to no price outside of those that it is of', () => {
    const dust = '0.000000000000000001';
    const entry = (size: string, at: string, instrument: typeof future) =>
      shown(filledTrade(held(size, at), fill(size, at, instrument), ONE)).entry;

    // A contract of 10⁻¹⁸ at 70 000 stands for no coin that 18 digits can tell from none.
    expect(entry(dust, '70000', coinFuture)).toBe('70000');
    expect(entry(`-${dust}`, '70000', coinFuture)).toBe('70000');
    expect(entry(`-${dust}`, '0.4', future)).toBe('0.4');
  });

  it('pays amounts beyond what plain notation can hold', () => {
    const most = '99999999999999999999';

    // 2 × (10²⁰ − 1)².
    expect(shown(filledTrade(null, fill(`-${most}`, most, call), ONE)).cash).toBe(
      '19999999999999999999600000000000000000002',
    );
  });
});
