import { describe, expect, it } from 'vitest';
import { fixed, fixedText } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import {
  averageEntryPrice,
  bankruptcyPrice,
  FLAT,
  marginRatio,
  marginShareOf,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedPosition.js';
import { positionOf } from './isolatedBooks.js';

describe('an isolated position', () => {
  const long = positionOf('2', '100', '20');
  const short = positionOf('-2', '100', '20');

  it('has equity over value for a margin ratio', () => {
    const ratio = (position: typeof long, price: string) =>
      fixedText(marginRatio(position, fixed(price)));
    expect([ratio(long, '50'), ratio(short, '50')]).toEqual(['0.2', '0.2']);
    expect([ratio(long, '64'), ratio(short, '64')]).toEqual(['0.375', '-0.0625']);
    // 1 − 80 ÷ 60 and 120 ÷ 60 − 1, toward −∞.
    expect([ratio(long, '30'), ratio(short, '30')]).toEqual(['-0.333333333333333334', '1']);
  });

  it('has a margin ratio of one when flat, or when nothing has a price', () => {
    expect([marginRatio(FLAT, fixed('50')), marginRatio(long, 0n)].map(fixedText)).toEqual([
      '1',
      '1',
    ]);
  });

  it('is bankrupt where its margin is gone', () => {
    expect([bankruptcyPrice(long), bankruptcyPrice(short)].map(fixedText)).toEqual(['40', '60']);
    expect(fixedText(bankruptcyPrice(positionOf('2', '100', '110')))).toBe('-5');
    expect(bankruptcyPrice(FLAT)).toBe(0n);
  });

  it('has an average entry price', () => {
    expect(fixedText(averageEntryPrice(positionOf('-3', '100', '20')))).toBe(
      '33.333333333333333333',
    );
    expect(averageEntryPrice(FLAT)).toBe(0n);
  });

  it('posts a share of one over whole leverage, rounded up', () => {
    const share = (leverage: string) => {
      const value = marginShareOf(fixed(leverage));
      return value === null ? null : fixedText(value);
    };
    expect(['4', '3', '1.99', '0.99', '0', '-2'].map(share)).toEqual([
      '0.25',
      '0.333333333333333334',
      '1',
      null,
      null,
      null,
    ]);
  });
});
