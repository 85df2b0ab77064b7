import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { futureRequirement } from '../../../../subgraphs/margin/domain/standard/futureRequirement.js';
import { scaledInitialMarginPpm } from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumRequirement.js';
import type { MarginRates } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import { isLess, price, ratio, toFloat, usd } from '../../../../subgraphs/shared/units.js';
import { unit } from '../perpetual/quantumBooks.js';
import { future } from './standardPositions.js';

/** Deribit's of 2022 for bitcoin, stopped at a half. */
const laddered: MarginRates = {
  initial: ratio('0.02'),
  maintenance: ratio('0.01'),
  ladder: { perUnit: ratio('0.00005'), rateMax: ratio('0.5') },
  openInterest: null,
};

describe('the requirement of a future by size', () => {
  it('is a share of notional', () => {
    // 200 × 60 000 × 2 % and 1 %.
    expect(
      futureRequirement(future({ size: '200', mark: '60000' }), { ...laddered, ladder: null }),
    ).toEqual({ initialMargin: usd('240000'), maintenanceMargin: usd('120000') });
  });

  it('rises with each unit on a ladder', () => {
    // 200 bitcoins add 200 × 0.005 % = 1 %: 3 % and 2 % of 12 000 000.
    expect(futureRequirement(future({ size: '-200', mark: '60000' }), laddered)).toEqual({
      initialMargin: usd('360000'),
      maintenanceMargin: usd('240000'),
    });
  });

  it('stops rising where the ladder ends', () => {
    // 20 000 bitcoins would add 100 %: half of 1 200 000 000 for both.
    expect(futureRequirement(future({ size: '20000', mark: '60000' }), laddered)).toEqual({
      initialMargin: usd('600000000'),
      maintenanceMargin: usd('600000000'),
    });
  });

  it('is the end of the ladder where the mark says nothing of the size', () => {
    const tiny = { ...future({ size: '2', mark: '5' }), markPrice: price('0') };

    expect(futureRequirement(tiny, laddered).initialMargin).toEqual(usd('5'));
  });

  describe('by what is open in the instrument', () => {
    /** dYdX's of the tier Mid-Cap. */
    const scaled: MarginRates = {
      initial: ratio('0.05'),
      maintenance: ratio('0.03'),
      ladder: null,
      openInterest: { lower: usd('25000000'), upper: usd('50000000') },
    };
    const initial = (openNotional?: string) =>
      futureRequirement(
        future({ size: '1000', mark: '200', ...(openNotional && { openNotional }) }),
        scaled,
      ).initialMargin;

    it('is a share of notional up to the lower cap', () => {
      expect(initial('0')).toEqual(usd('10000'));
      expect(initial('25000000')).toEqual(usd('10000'));
    });

    it('rises from there in a straight line to the whole notional at the upper cap', () => {
      // Half the way: 5 % + 95 % ÷ 2 of 200 000.
      expect(initial('37500000')).toEqual(usd('105000'));
      expect(initial('50000000')).toEqual(usd('200000'));
      expect(initial('90000000')).toEqual(usd('200000'));
    });

    it('is the whole notional where nobody knows what is open', () => {
      expect(initial()).toEqual(usd('200000'));
    });

    it('leaves the maintenance margin as it is', () => {
      const open = future({ size: '1000', mark: '200', openNotional: '50000000' });
      expect(futureRequirement(open, scaled).maintenanceMargin).toEqual(usd('6000'));
    });

    it('is what dYdX’s integers say, which cut the rate to a whole millionth', () => {
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: 60_000_000n }), (open) => {
          const ppm = scaledInitialMarginPpm({
            ...unit(50_000n, 600_000n),
            openInterest: open,
            tier: {
              ...unit(50_000n, 600_000n).tier,
              openInterestCaps: { lower: 25_000_000n, upper: 50_000_000n },
            },
          });
          const above = toFloat(initial(open.toString())) - (200_000 * Number(ppm)) / 1e6;
          expect(above).toBeGreaterThanOrEqual(-1e-9);
          expect(above).toBeLessThan(0.2);
        }),
      );
    });
  });

  it('never falls as the position grows', () => {
    const sizes = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((size) =>
          futureRequirement(future({ size: String(size), mark: '60000' }), laddered),
        );
        if (!less || !more) throw new Error('two');
        expect(isLess(more.initialMargin, less.initialMargin)).toBe(false);
        expect(isLess(more.maintenanceMargin, less.maintenanceMargin)).toBe(false);
      }),
    );
  });
});
