import { describe, expect, it } from 'vitest';
import { fixed } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import { FLAT } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedPosition.js';
import { isolatedTrade } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedTrade.js';
import {
  changed,
  ledgerOf,
  longTwo,
  market,
  opening,
  pnlOf,
  pools,
  shortTwo,
  shown,
  trade,
  traded,
  refusal,
} from './isolatedBooks.js';

describe('isolatedTrade', () => {
  it('opens both sides with their margin, and takes each fee', () => {
    // Notional 100, a fifth of it margin; 1 % and 2 % fees.
    expect(shown(longTwo, 'maker')).toEqual({ bank: '979', size: '2', entry: '100', margin: '20' });
    expect(shown(longTwo, 'taker')).toEqual({
      bank: '978',
      size: '-2',
      entry: '100',
      margin: '20',
    });
    expect(pools(longTwo)).toEqual({ market: '40', fees: '3', insurance: '0' });
  });

  it('adds to a position at the price of the trade', () => {
    // One more at 44: margin 8.8, fee 0.44.
    const grown = traded(longTwo, { size: '1', price: '44' });
    expect(shown(grown, 'maker')).toEqual({
      bank: '969.76',
      size: '3',
      entry: '144',
      margin: '28.8',
    });
  });

  it('gives back the margin of what is sold, with its profit', () => {
    // One of two at 60: margin 10 and profit 10 less a fee of 0.6; the other side buys back at a loss.
    const change = changed(isolatedTrade(longTwo, market, trade({ size: '-1', price: '60' })));

    expect(shown(change.ledger, 'maker')).toEqual({
      bank: '998.4',
      size: '1',
      entry: '50',
      margin: '10',
    });
    // Margin 10, loss 10: nothing is left for the taker's fee of 1.2.
    expect(shown(change.ledger, 'taker')).toEqual({
      bank: '978',
      size: '-1',
      entry: '50',
      margin: '10',
    });
    expect([pnlOf(change, 'maker'), pnlOf(change, 'taker')]).toEqual(['10', '-10']);
    expect(pools(change.ledger)).toEqual({ market: '20', fees: '3.6', insurance: '0' });
  });

  it('buys back a short with its profit', () => {
    // Two at 45: margin 20, profit 10, fee 0.9.
    const closed = traded(shortTwo, { size: '2', price: '45' });
    expect(shown(closed, 'maker')).toEqual({ bank: '1008.1', size: '0', entry: '0', margin: '0' });
  });

  it('is flat without leverage once all is closed', () => {
    const closed = traded(longTwo, { size: '-2', price: '50' });
    expect(closed.accounts.get('maker')?.position).toEqual(FLAT);
    expect(() => traded(closed, { size: '1', price: '50', leverage: '2' })).not.toThrow();
  });

  it('turns a position by closing it and opening the rest', () => {
    // Three sold at 55: two close with margin 20 and profit 10 less 1.1, one opens with 11 and 0.55.
    const change = changed(isolatedTrade(longTwo, market, trade({ size: '-3', price: '55' })));
    expect(shown(change.ledger, 'maker')).toEqual({
      bank: '996.35',
      size: '-1',
      entry: '55',
      margin: '11',
    });
    expect(pnlOf(change, 'maker')).toBe('10');
  });

  it('takes no higher fee of what is closed than its equity', () => {
    // Two at 40.2 lose 19.6 of 20: 0.4 is left, where the fee would be 0.804.
    const closed = traded(longTwo, { size: '-2', price: '40.2' });
    expect(shown(closed, 'maker').bank).toBe('979');
    // The other side is charged in full: 2 % of 80.4.
    expect(pools(closed).fees).toBe('5.008');
  });

  it('closes at a price that leaves exactly nothing, and not at a worse one', () => {
    const at = (price: string) =>
      isolatedTrade(longTwo, market, trade({ size: '-2', price, oracle: '50' }));
    expect(at('40').kind).toBe('changed');
    expect(at('39.99')).toEqual(refusal('maker', 'LOSS_EXCEEDS_MARGIN'));
  });

  it('refuses a turn whose closing loses more than the margin, and says whose', () => {
    const trades = trade({ size: '-3', price: '39', oracle: '50' });
    expect(isolatedTrade(longTwo, market, trades)).toEqual(refusal('maker', 'LOSS_EXCEEDS_MARGIN'));
    expect(
      isolatedTrade(shortTwo, market, trade({ size: '3', price: '39', oracle: '50' })),
    ).toEqual(refusal('taker', 'LOSS_EXCEEDS_MARGIN'));
  });

  it('counts a leverage with a fraction as the whole one below', () => {
    expect(shown(traded(opening, { size: '2', price: '50', leverage: '5.9' }), 'maker')).toEqual(
      shown(longTwo, 'maker'),
    );
  });

  it('keeps to the leverage of the position', () => {
    const at = (leverage: string) =>
      isolatedTrade(longTwo, market, trade({ size: '1', price: '50', leverage }));
    expect(at('4')).toEqual(refusal('maker', 'LEVERAGE_DIFFERS'));
    expect(at('0.9')).toEqual(refusal('maker', 'LEVERAGE_BELOW_ONE'));
    const other = trade({ maker: 'third', size: '1', price: '50', leverage: '4' });
    expect(isolatedTrade(longTwo, market, other)).toEqual(refusal('taker', 'LEVERAGE_DIFFERS'));
  });

  it('refuses what the bank does not pay for, the maker first', () => {
    const poor = ledgerOf({ maker: '20.99', taker: '21.99' });
    const first = isolatedTrade(poor, market, trade({ size: '2', price: '50' }));
    expect(first).toEqual(refusal('maker', 'BANK_BALANCE_TOO_LOW'));
    const second = isolatedTrade(
      ledgerOf({ maker: '21', taker: '21.99' }),
      market,
      trade({ size: '2', price: '50' }),
    );
    expect(second).toEqual(refusal('taker', 'BANK_BALANCE_TOO_LOW'));
    expect(
      traded(ledgerOf({ maker: '21', taker: '22' }), { size: '2', price: '50' }),
    ).toBeDefined();
  });

  it('lets a taker trade only so far from the oracle price', () => {
    const bounded = { ...market, takeBounds: { long: fixed('0.1'), short: fixed('0.2') } };
    const at = (size: string, price: string) =>
      isolatedTrade(opening, bounded, trade({ size, price, oracle: '50', leverage: '1' })).kind;
    // The taker buys when the maker sells.
    expect([at('-1', '55'), at('-1', '55.01')]).toEqual(['changed', 'refused']);
    expect([at('1', '40'), at('1', '39.99')]).toEqual(['changed', 'refused']);
    expect(
      isolatedTrade(opening, bounded, trade({ size: '-1', price: '56', oracle: '50' })),
    ).toEqual(refusal('taker', 'PRICE_OUT_OF_BOUNDS'));
  });

  it.each([
    ['makerSize', { size: '0', price: '50' }],
    ['price', { size: '1', price: '-1', oracle: '50' }],
    ['oraclePrice', { size: '1', price: '50', oracle: '-1' }],
    ['takerId', { size: '1', price: '50', taker: 'maker' }],
  ])('does not take an impossible %s', (field, terms) => {
    expect(() => isolatedTrade(opening, market, trade(terms))).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field }) as Error,
    );
  });
});

describe('the margin rules of a trade', () => {
  /** Maker long two at 50 with margin 20, whose ratio at 43 is 1 − 80 ÷ 86 = 6.98 %. */
  const at = (terms: Parameters<typeof trade>[0]) => isolatedTrade(longTwo, market, trade(terms));

  it('open nothing below the initial rate', () => {
    // Leverage 11 posts 9.1 %.
    expect(
      isolatedTrade(opening, market, trade({ size: '1', price: '50', leverage: '11' })),
    ).toEqual(refusal('maker', 'CANNOT_OPEN_OR_FLIP'));
    // Leverage 10 is exactly there.
    expect(
      isolatedTrade(opening, market, trade({ size: '1', price: '50', leverage: '10' })).kind,
    ).toBe('changed');
  });

  it('turn nothing below the initial rate', () => {
    // Short one from 45 at an oracle of 50: (45 + 9) ÷ 50 − 1 is 8 %.
    expect(at({ size: '-3', price: '45', oracle: '50' })).toEqual(
      refusal('maker', 'CANNOT_OPEN_OR_FLIP'),
    );
  });

  it('let a position below the initial rate grow only where its ratio does not fall', () => {
    // One more at 50 has the same debt of 40: the ratio stays.
    expect(at({ size: '1', price: '50', oracle: '43' }).kind).toBe('changed');
    expect(at({ size: '1', price: '50.01', oracle: '43' })).toEqual(
      refusal('maker', 'RATIO_MUST_IMPROVE'),
    );
  });

  it('let a position at the maintenance rate only shrink', () => {
    // At 42 the ratio is 1 − 80 ÷ 84 = 4.76 %; one more at 42.1 makes it 1 − 113.68 ÷ 126 = 9.8 %,
    // at 50 it stays.
    expect(at({ size: '1', price: '50', oracle: '42' })).toEqual(refusal('maker', 'ONLY_REDUCE'));
    expect(at({ size: '1', price: '42.1', oracle: '42' }).kind).toBe('changed');
    expect(at({ size: '-1', price: '42', oracle: '42' }).kind).toBe('changed');
  });

  it('count a ratio that is exactly the maintenance rate as below it', () => {
    // Margin 20 of 100 at leverage 5: 1 − 80 ÷ (2 P) is 5 % where 1.9 P is 80; so with debt 76 at 40.
    const cheaper = traded(opening, { size: '2', price: '47.5' });
    const grow = trade({ size: '1', price: '47.5', oracle: '40' });
    expect(isolatedTrade(cheaper, market, grow)).toEqual(refusal('maker', 'ONLY_REDUCE'));
  });

  it('leave no position with less than nothing', () => {
    // At 39 the debt of 40 is not covered, whatever part of it is sold.
    expect(at({ size: '-1', price: '45', oracle: '39' })).toEqual(
      refusal('maker', 'RATIO_BELOW_ZERO'),
    );
    expect(at({ size: '-1', price: '45', oracle: '40' }).kind).toBe('changed');
  });

  it('hold for a short as for a long, and for the taker', () => {
    // Short two from 50 with margin 20: 120 ÷ 112 − 1 is 7.1 % at 56, 120 ÷ 116 − 1 is 3.4 % at 58.
    const short = (terms: Parameters<typeof trade>[0]) =>
      isolatedTrade(shortTwo, market, trade(terms));
    expect(short({ size: '-1', price: '49.99', oracle: '56' })).toEqual(
      refusal('maker', 'RATIO_MUST_IMPROVE'),
    );
    expect(short({ size: '-1', price: '50', oracle: '58' })).toEqual(
      refusal('maker', 'ONLY_REDUCE'),
    );
    expect(at({ maker: 'third', size: '1', price: '49', oracle: '56' })).toEqual(
      refusal('taker', 'RATIO_MUST_IMPROVE'),
    );
  });
});
