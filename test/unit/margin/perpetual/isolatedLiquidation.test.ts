import { describe, expect, it } from 'vitest';
import { fixed } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import { isolatedDeleveraging } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedDeleveraging.js';
import { isolatedLiquidation } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedLiquidation.js';
import {
  leverageAdjusted,
  marginAdded,
  marginRemoved,
  removableMargin,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedMargin.js';
import {
  changed,
  ledgerOf,
  longTwo,
  market,
  opening,
  pnlOf,
  pools,
  positionOf,
  shortTwo,
  shown,
  traded,
} from './isolatedBooks.js';

const refusal = (accountId: string, reason: string) => ({ kind: 'refused', accountId, reason });

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

describe('isolatedDeleveraging', () => {
  const deleveraging = (oracle: string, size = '2') => ({
    underwaterId: 'maker',
    counterpartyId: 'taker',
    size: fixed(size),
    oraclePrice: fixed(oracle),
  });
  const at = (oracle: string, size?: string, ledger = longTwo) =>
    isolatedDeleveraging(ledger, market, deleveraging(oracle, size));

  it('closes both sides at the bankruptcy price', () => {
    const change = changed(at('39'));
    // At 40 the taker gains 20 and has its margin of 20 back.
    expect(shown(change.ledger, 'taker').bank).toBe('1018');
    expect(shown(change.ledger, 'maker').bank).toBe('979');
    expect([pnlOf(change, 'maker'), pnlOf(change, 'taker')]).toEqual(['-20', '20']);
    expect(pools(change.ledger)).toEqual({ market: '0', fees: '3', insurance: '0' });
  });

  it('closes a short against a long the same way', () => {
    const change = changed(at('61', '2', shortTwo));
    expect([pnlOf(change, 'maker'), pnlOf(change, 'taker')]).toEqual(['-20', '20']);
  });

  it('closes a part of both, even where the rest stays under water', () => {
    const { ledger } = changed(at('39', '0.5'));
    expect([shown(ledger, 'maker'), shown(ledger, 'taker')]).toEqual([
      { bank: '979', size: '1.5', entry: '75', margin: '15' },
      { bank: '988', size: '-1.5', entry: '75', margin: '15' },
    ]);
  });

  it('takes no more than either side holds', () => {
    expect(changed(at('39', '9')).ledger).toEqual(changed(at('39')).ledger);
  });

  it('needs one that has lost its margin, and another on the other side that has not', () => {
    expect(at('40').kind).toBe('changed');
    expect(at('40.01')).toEqual(refusal('maker', 'NOT_UNDERWATER'));
    expect(at('39', '2', opening)).toEqual(refusal('maker', 'NO_POSITION'));
    const swapped = { underwaterId: 'maker', counterpartyId: 'third', size: 1n };
    const oraclePrice = fixed('39');
    expect(isolatedDeleveraging(longTwo, market, { ...swapped, oraclePrice })).toEqual(
      refusal('third', 'NO_POSITION'),
    );
    const longToo = traded(longTwo, { maker: 'third', size: '1', price: '39' });
    expect(isolatedDeleveraging(longToo, market, { ...swapped, oraclePrice })).toEqual(
      refusal('third', 'SAME_SIDE'),
    );
    const also = traded(longTwo, { maker: 'third', size: '1', price: '50' });
    expect(isolatedDeleveraging(also, market, { ...swapped, oraclePrice })).toEqual(
      refusal('third', 'UNDERWATER'),
    );
  });

  it('does not take a size of nothing, or an account paired with itself', () => {
    const terms = deleveraging('39');
    expect(() => isolatedDeleveraging(longTwo, market, { ...terms, size: -1n })).toThrow('size');
    expect(() =>
      isolatedDeleveraging(longTwo, market, { ...terms, counterpartyId: 'maker' }),
    ).toThrow('counterpartyId');
  });
});

describe('the owner of an isolated position', () => {
  const owner = (oracle: string) => ({ accountId: 'maker', oraclePrice: fixed(oracle) });

  it('adds margin from the bank', () => {
    const { ledger } = changed(marginAdded(longTwo, owner('50'), fixed('15')));
    expect(shown(ledger, 'maker')).toEqual({ bank: '964', size: '2', entry: '100', margin: '35' });
    expect(pools(ledger).market).toBe('55');
  });

  it('removes what the leverage leaves free', () => {
    // At 60 a fifth of 120 is needed: the debt may be 96, so the margin 4.
    const at = (amount: string) => marginRemoved(longTwo, market, owner('60'), fixed(amount));
    expect(shown(changed(at('16')).ledger, 'maker')).toEqual({
      bank: '995',
      size: '2',
      entry: '100',
      margin: '4',
    });
    expect(at('16.01')).toEqual(refusal('maker', 'MARGIN_NOT_REMOVABLE'));
  });

  it('has nothing to remove at a loss, and all its margin at a large profit', () => {
    expect(removableMargin(positionOf('2', '100', '20'), fixed('49'))).toBe(0n);
    expect(removableMargin(positionOf('2', '100', '20'), fixed('70'))).toBe(fixed('20'));
    // A short at 40: 1.2 × 80 is below 100.
    expect(removableMargin(positionOf('-2', '100', '20'), fixed('40'))).toBe(fixed('20'));
    // At 45: 1.2 × 90 − 100 is 8.
    expect(removableMargin(positionOf('-2', '100', '20'), fixed('45'))).toBe(fixed('12'));
  });

  it('brings the margin to another leverage at the oracle price', () => {
    // At 55 half of 110: the debt is 55, the margin 45. At ten times, the debt is 99.
    const half = changed(leverageAdjusted(longTwo, market, owner('55'), fixed('2'))).ledger;
    expect(shown(half, 'maker')).toEqual({ bank: '954', size: '2', entry: '100', margin: '45' });
    const tenth = changed(leverageAdjusted(longTwo, market, owner('55'), fixed('10'))).ledger;
    expect(shown(tenth, 'maker')).toEqual({ bank: '998', size: '2', entry: '100', margin: '1' });
    expect(() =>
      traded(tenth, { size: '-1', price: '55', taker: 'third', leverage: '10' }),
    ).not.toThrow();
  });

  it('brings a short to another leverage', () => {
    // At 45 half of 90: 135 − 100.
    const half = changed(leverageAdjusted(shortTwo, market, owner('45'), fixed('2'))).ledger;
    expect(shown(half, 'maker').margin).toBe('35');
  });

  it('is asked for the last digit that a leverage needs', () => {
    // A third is posted as 0.333…334: of 2 × 50 that is the margin less 2 × 10⁻¹⁷ at most.
    const long = changed(leverageAdjusted(longTwo, market, owner('50'), fixed('3'))).ledger;
    const short = changed(
      leverageAdjusted(shortTwo, market, owner('50.000000000000000001'), fixed('3')),
    );
    expect(shown(long, 'maker').margin).toBe('33.3333333333333334');
    // 2 × 50.000000000000000001 × 1.333333333333333334 − 100, which ends in …402.667.
    expect(shown(short.ledger, 'maker').margin).toBe('33.333333333333333403');
  });

  it('may not go below the initial rate', () => {
    expect(leverageAdjusted(longTwo, market, owner('50'), fixed('11'))).toEqual(
      refusal('maker', 'RATIO_MUST_IMPROVE'),
    );
    const strict = { ...market, initialMarginRate: fixed('0.3') };
    expect(marginRemoved(longTwo, strict, owner('51'), fixed('0.1'))).toEqual(
      refusal('maker', 'RATIO_MUST_IMPROVE'),
    );
  });

  it('keeps a flat account flat whatever leverage it names', () => {
    expect(changed(leverageAdjusted(opening, market, owner('50'), fixed('3'))).ledger).toEqual(
      opening,
    );
  });

  it('is refused what makes no sense', () => {
    expect(marginAdded(longTwo, owner('50'), 0n)).toEqual(refusal('maker', 'AMOUNT_NOT_POSITIVE'));
    expect(marginRemoved(longTwo, market, owner('60'), 0n)).toEqual(
      refusal('maker', 'AMOUNT_NOT_POSITIVE'),
    );
    expect(marginAdded(opening, owner('50'), 1n)).toEqual(refusal('maker', 'NO_POSITION'));
    expect(marginRemoved(opening, market, owner('50'), 1n)).toEqual(
      refusal('maker', 'NO_POSITION'),
    );
    expect(leverageAdjusted(longTwo, market, owner('50'), 0n)).toEqual(
      refusal('maker', 'LEVERAGE_BELOW_ONE'),
    );
    expect(marginAdded(longTwo, owner('50'), fixed('979.01'))).toEqual(
      refusal('maker', 'BANK_BALANCE_TOO_LOW'),
    );
  });
});
