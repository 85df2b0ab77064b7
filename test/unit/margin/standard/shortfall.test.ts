import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crossShortfall,
  isolatedShortfall,
} from '../../../../subgraphs/margin/domain/standard/shortfall.js';
import { isLess, isNegative, usd } from '../../../../subgraphs/shared/units.js';

const backed = (equity: number, maintenanceMargin: number) => ({
  equity: usd(String(equity)),
  maintenanceMargin: usd(String(maintenanceMargin)),
});

describe('the shortfall of positions', () => {
  const gainAndLoss = [backed(500, 100), backed(-50, 100)];

  it('is that of each alone when isolated: the gain of one does not pay for another', () => {
    // 100 − −50; the 400 too many of the first stay there.
    expect(isolatedShortfall(gainAndLoss)).toEqual(usd('150'));
  });

  it('is that of all together in cross margin', () => {
    expect(crossShortfall(gainAndLoss)).toEqual(usd('0'));
    expect(crossShortfall([...gainAndLoss, backed(0, 400)])).toEqual(usd('150'));
  });

  it('is nothing without positions', () => {
    expect([isolatedShortfall([]), crossShortfall([])]).toEqual([usd('0'), usd('0')]);
  });

  const positions = fc.array(
    fc
      .tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: 0, max: 1_000 }))
      .map(([equity, required]) => backed(equity, required)),
  );

  it('is never more in cross margin than isolated, nor below nothing', () => {
    fc.assert(
      fc.property(positions, (all) => {
        expect(isLess(isolatedShortfall(all), crossShortfall(all))).toBe(false);
        expect(isNegative(crossShortfall(all))).toBe(false);
      }),
    );
  });

  it('is the same for one position under both', () => {
    fc.assert(
      fc.property(positions, ([one]) => {
        fc.pre(one !== undefined);
        expect(crossShortfall([one])).toEqual(isolatedShortfall([one]));
      }),
    );
  });
});
