import { describe, expect, it } from 'vitest';
import { fixed } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import {
  leverageAdjusted,
  marginAdded,
  marginRemoved,
  removableMargin,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedMargin.js';
import {
  changed,
  longTwo,
  market,
  opening,
  pools,
  positionOf,
  shortTwo,
  shown,
  traded,
  refusal,
} from './isolatedBooks.js';

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
