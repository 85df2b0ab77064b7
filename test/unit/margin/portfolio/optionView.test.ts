import { describe, expect, it } from 'vitest';
import { price, usd } from '../../../../subgraphs/shared/units.js';
import type { OptionInstrument } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import { optionView } from '../../../../subgraphs/margin/domain/portfolio/optionView.js';
import { PositionError } from '../../../../subgraphs/margin/domain/portfolio/positionError.js';
import { market, option } from '../books.js';

/** A call on 3 000 dollars with the forward at 3 100: exercising it pays 100 a unit. */
function viewed(held: { size: string; mark: string; days: number; bound: number | null }) {
  const position = option({
    size: held.size,
    type: 'CALL',
    strike: '3000',
    multiplier: '10',
    currency: 'USD',
  });
  const valued = {
    kind: 'OPTION' as const,
    position,
    instrument: position.instrument as OptionInstrument,
    markPrice: price(held.mark),
    indexPrice: price('3100'),
    notional: usd('0'),
    unrealizedPnl: usd('0'),
    optionValue: usd('0'),
  };
  const curve = {
    seconds: held.days * 86_400,
    forward: { price: 3100, confidence: 1 },
    forwardFixed: 0,
    rate: { price: 0, confidence: 1 },
  };
  const notes: string[] = [];
  const note = (quality: string, reason: string) => notes.push(`${quality}: ${reason}`);
  return { view: optionView(valued, curve, market({ ETH: '3100' }), held.bound, note), notes };
}

describe('optionView', () => {
  const expired = ['DEGRADED: deribit:ETH-OPTION has expired: what exercising pays stands in.'];
  const silent = [
    'DEGRADED: The price of deribit:ETH-OPTION implies no volatility: the worse bound stands in.',
  ];

  it('lets what exercising pays stand in for an expired option, whatever the bound is', () => {
    // The mark of a long 2 × 10 units is 30 dollars over it, that of a short 30 under it.
    for (const bound of [5, null]) {
      expect(viewed({ size: '2', mark: '130', days: 0, bound })).toEqual({
        view: { volatility: 0, confidence: 0, unvouchedValue: 600 },
        notes: expired,
      });
      expect(viewed({ size: '-2', mark: '70', days: 0, bound })).toEqual({
        view: { volatility: 0, confidence: 0, unvouchedValue: 600 },
        notes: expired,
      });
    }
  });

  it('requires nothing more where the mark counts for less than the model does', () => {
    expect(viewed({ size: '2', mark: '70', days: 0, bound: 5 }).view.unvouchedValue).toBe(0);
    expect(viewed({ size: '-2', mark: '130', days: 0, bound: 5 }).view.unvouchedValue).toBe(0);
  });

  it('takes no volatility for a long option whose mark implies none, the bound for a short', () => {
    // 90 is less than what exercising pays.
    const long = viewed({ size: '2', mark: '90', days: 30, bound: 5 });
    const short = viewed({ size: '-2', mark: '90', days: 30, bound: 5 });

    expect(long).toEqual({
      view: { volatility: 0, confidence: 0, unvouchedValue: 0 },
      notes: silent,
    });
    expect(short.view.volatility).toBe(5);
    // Far more than what is beyond the mark when it is exercised: 20 × (100 − 90).
    expect(short.view.unvouchedValue).toBeGreaterThan(200);
    expect(() => viewed({ size: '-2', mark: '90', days: 30, bound: null })).toThrow(PositionError);
  });

  it('takes the volatility that the mark implies, without a note', () => {
    const { view, notes } = viewed({ size: '2', mark: '250', days: 30, bound: 5 });

    expect(notes).toEqual([]);
    expect(view.unvouchedValue).toBe(0);
    expect(view.volatility).toBeGreaterThan(0.3);
    expect(view.volatility).toBeLessThan(1);
  });
});
