import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { futureRequirement } from '../../../../subgraphs/margin/domain/standard/futureRequirement.js';
import type { MarginRates } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import { isLess, price, ratio, usd } from '../../../../subgraphs/shared/units.js';
import { future } from './standardPositions.js';

/** Deribit's of 2022 for bitcoin, stopped at a half. */
const laddered: MarginRates = {
  initial: ratio('0.02'),
  maintenance: ratio('0.01'),
  ladder: { perUnit: ratio('0.00005'), rateMax: ratio('0.5') },
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
