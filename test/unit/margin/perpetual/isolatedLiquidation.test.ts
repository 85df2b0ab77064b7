import { describe, expect, it } from 'vitest';
import { fixed } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import { isolatedLiquidation } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedLiquidation.js';
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
  traded,
  refusal,
} from './isolatedBooks.js';

interface LiquidationTerms {
  readonly oracle: string;
  readonly size?: string;
  readonly leverage?: string;
}

/** All two of the maker by `third` without leverage, unless said otherwise. */
const liquidation = ({ oracle, size = '2', leverage = '1' }: LiquidationTerms) => ({
  liquidatedId: 'maker',
  liquidatorId: 'third',
  size: fixed(size),
  leverage: fixed(leverage),
  oraclePrice: fixed(oracle),
});

const liquidated = (ledger: typeof longTwo, terms: LiquidationTerms) =>
  changed(isolatedLiquidation(ledger, market, liquidation(terms)));

describe('isolatedLiquidation', () => {
  it('hands a long over at the oracle price, and splits the premium', () => {
    // Bankrupt at 40: 42 leaves 2 × 2 = 4, of which a fifth is insurance.
    const change = liquidated(longTwo, { oracle: '42' });

    expect(shown(change.ledger, 'maker')).toEqual({
      bank: '979',
      size: '0',
      entry: '0',
      margin: '0',
    });
    // 1000 − 84 of margin + 3.2.
    expect(shown(change.ledger, 'third')).toEqual({
      bank: '919.2',
      size: '2',
      entry: '84',
      margin: '84',
    });
    expect([pnlOf(change, 'maker'), pnlOf(change, 'third')]).toEqual(['-20', '3.2']);
    // The taker's 20, 84 of the liquidator, and 16 that the maker has lost to the taker.
    expect(pools(change.ledger)).toEqual({ market: '120', fees: '3', insurance: '0.8' });
  });

  it('hands a short over the same way', () => {
    // Bankrupt at 60: 58 leaves 2 × 2 = 4.
    const change = liquidated(shortTwo, { oracle: '58' });
    expect(shown(change.ledger, 'third')).toEqual({
      bank: '887.2',
      size: '-2',
      entry: '116',
      margin: '116',
    });
    expect(pools(change.ledger).insurance).toBe('0.8');
  });

  it('lets the liquidator pay for what is beyond bankruptcy', () => {
    // 39 is one below, twice.
    const change = liquidated(longTwo, { oracle: '39' });
    expect(shown(change.ledger, 'third').bank).toBe('920');
    expect([pnlOf(change, 'maker'), pnlOf(change, 'third')]).toEqual(['-20', '-2']);
    expect(pools(change.ledger)).toEqual({ market: '120', fees: '3', insurance: '0' });
  });

  it('takes a part with its part of the margin', () => {
    const change = liquidated(longTwo, { oracle: '42', size: '0.5' });
    expect(shown(change.ledger, 'maker')).toEqual({
      bank: '979',
      size: '1.5',
      entry: '75',
      margin: '15',
    });
    expect(pnlOf(change, 'maker')).toBe('-5');
    expect(pools(change.ledger).insurance).toBe('0.2');
  });

  it('takes no more than there is', () => {
    expect(liquidated(longTwo, { oracle: '42', size: '9' }).ledger).toEqual(
      liquidated(longTwo, { oracle: '42' }).ledger,
    );
  });

  it('rounds the oracle price to a tick', () => {
    expect(liquidated(longTwo, { oracle: '41.996' }).ledger).toEqual(
      liquidated(longTwo, { oracle: '42' }).ledger,
    );
  });

  it('nets with what the liquidator holds, without a fee', () => {
    // Short two from 50 without leverage: 899 is left; 100 of margin, 16 of profit and 3.2 come back.
    const rich = traded(ledgerOf({ maker: '1000', taker: '1000', third: '1000', fourth: '1000' }), {
      size: '2',
      price: '50',
    });
    const terms = { maker: 'third', taker: 'fourth', size: '-2', price: '50', leverage: '1' };
    const change = liquidated(traded(rich, terms), { oracle: '42' });
    expect(shown(change.ledger, 'third')).toEqual({
      bank: '1018.2',
      size: '0',
      entry: '0',
      margin: '0',
    });
    expect(pnlOf(change, 'third')).toBe('19.2');
    expect(pools(change.ledger).fees).toBe('6');
  });

  it('posts margin with leverage', () => {
    // 84 ÷ 4.
    expect(shown(liquidated(longTwo, { oracle: '42', leverage: '4' }).ledger, 'third').margin).toBe(
      '21',
    );
  });

  it('leaves alone what is at the maintenance rate or above', () => {
    // Debt 76 at 40: 1 − 76 ÷ 80 is 5 % exactly.
    const edge = traded(opening, { size: '2', price: '47.5' });
    const at = (oracle: string) => isolatedLiquidation(edge, market, liquidation({ oracle }));
    expect(at('40')).toEqual(refusal('maker', 'NOT_LIQUIDATABLE'));
    expect(at('39.99').kind).toBe('changed');
  });

  it('refuses a liquidator that cannot take the position', () => {
    const at = (terms: Partial<LiquidationTerms>, ledger = longTwo) =>
      isolatedLiquidation(ledger, market, liquidation({ oracle: '42', ...terms }));
    expect(at({ leverage: '0' })).toEqual(refusal('third', 'LEVERAGE_BELOW_ONE'));
    expect(at({ leverage: '11' })).toEqual(refusal('third', 'CANNOT_OPEN_OR_FLIP'));
    expect(at({}, opening)).toEqual(refusal('maker', 'NO_POSITION'));
    const poor = traded(ledgerOf({ maker: '1000', taker: '1000', third: '80.79' }), {
      size: '2',
      price: '50',
    });
    // 84 less its reward of 3.2 is 80.8.
    expect(at({}, poor)).toEqual(refusal('third', 'BANK_BALANCE_TOO_LOW'));
  });

  it('refuses one whose own position loses more than its margin', () => {
    // Short one from 35 without a loss to spare: margin 7 at leverage 5, and 42 costs 7; 42.01 more.
    const short = traded(longTwo, {
      maker: 'third',
      size: '-1',
      price: '35',
      oracle: '35',
      leverage: '5',
    });
    const at = (oracle: string) =>
      isolatedLiquidation(short, market, liquidation({ oracle, size: '1', leverage: '5' }));
    expect(at('42').kind).toBe('changed');
    expect(at('42.01')).toEqual(refusal('third', 'LOSS_EXCEEDS_MARGIN'));
  });

  it('does not take a size of nothing, or an account that liquidates itself', () => {
    const terms = liquidation({ oracle: '42' });
    expect(() => isolatedLiquidation(longTwo, market, { ...terms, size: 0n })).toThrow('size');
    expect(() => isolatedLiquidation(longTwo, market, { ...terms, liquidatorId: 'maker' })).toThrow(
      'liquidatorId',
    );
  });
});
