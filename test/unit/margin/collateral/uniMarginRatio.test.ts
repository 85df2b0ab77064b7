import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniMarginState } from '../../../../subgraphs/margin/domain/collateral/uniMarginLadder.js';
import {
  adjustedEquity,
  uniMarginRatio,
} from '../../../../subgraphs/margin/domain/collateral/uniMarginRatio.js';
import { isLess, price, quantity, ratio, usd } from '../../../../subgraphs/shared/units.js';

const asset = (held: string, at: string, rate: string) => ({
  quantity: quantity(held),
  indexPrice: price(at),
  collateralRate: ratio(rate),
});

const levels = {
  claim: ratio('1'),
  liquidate: ratio('1.05'),
  restrict: ratio('1.2'),
  notice: ratio('1.5'),
};

describe('uniMarginRatio', () => {
  it('cuts what is held, and counts what is owed in full', () => {
    expect(adjustedEquity(asset('2', '1000', '0.95'))).toEqual(usd('1900'));
    expect(adjustedEquity(asset('-2', '1000', '0.95'))).toEqual(usd('-2000'));
  });

  it('divides adjusted equity by everything that must be maintained', () => {
    // 1,900 − 400 over 500 + 100.
    const assets = [asset('2', '1000', '0.95'), asset('-400', '1', '1')];
    expect(uniMarginRatio(assets, [usd('500'), usd('100')])).toEqual({
      adjustedEquity: usd('1500'),
      ratio: ratio('2.5'),
    });
  });

  it('has no ratio without a requirement', () => {
    expect(uniMarginRatio([asset('1', '1', '1')], [])).toEqual({
      adjustedEquity: usd('1'),
      ratio: null,
    });
  });

  it('never counts more than an asset is worth, and never more at a lower rate', () => {
    const hundredths = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), hundredths, hundredths, (held, a, b) => {
        const at = (rate: number) =>
          adjustedEquity(asset(String(held), '3', (rate / 100).toFixed(2)));
        expect(isLess(usd(String(held * 3)), at(a))).toBe(false);
        expect(isLess(at(Math.max(a, b)), at(Math.min(a, b)))).toBe(false);
      }),
    );
  });
});

describe('uniMarginState', () => {
  const at = (margin: string) =>
    uniMarginState({ adjustedEquity: usd('1'), ratio: ratio(margin) }, levels);

  it.each([
    ['1.51', 'FREE'],
    ['1.5', 'NOTICE'],
    ['1.21', 'NOTICE'],
    ['1.2', 'NO_NEW_ORDERS'],
    ['1.06', 'NO_NEW_ORDERS'],
    ['1.05', 'LIQUIDATION'],
    ['1.01', 'LIQUIDATION'],
    ['1', 'CLAIM'],
    ['-3', 'CLAIM'],
  ])('at %s is %s', (margin, state) => {
    expect(at(margin)).toBe(state);
  });

  it('is free without a requirement, unless more is owed than held', () => {
    const without = (equity: string) =>
      uniMarginState({ adjustedEquity: usd(equity), ratio: null }, levels);
    expect([without('1'), without('0'), without('-1')]).toEqual(['FREE', 'FREE', 'CLAIM']);
  });
});
