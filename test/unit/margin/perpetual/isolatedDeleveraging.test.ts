import { describe, expect, it } from 'vitest';
import { fixed } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import { isolatedDeleveraging } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedDeleveraging.js';
import {
  changed,
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
