import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scanProfits, scanResult } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import { widenedGrid } from '../../../../subgraphs/margin/domain/scenario/widenedGrid.js';
import {
  anyUnderlying,
  DAY,
  fullScan,
  LINE_COUNT,
  perpetual,
  plainScan,
  roundingOf,
  row,
  underlying,
} from './riskBooks.js';

const staleness = { deviations: 2, volatility: 0.6 };
/** A hundredth of a year, whose root is a tenth: moves widen by 2 × 0.6 × 0.1. */
const AGE = 3.65 * DAY;

describe('widenedGrid', () => {
  const grid = [row(0.1), row(0, 'UP'), { ...row(-0.95), futuresShock: -0.2 }];

  it('adds a wider copy of every move for old prices', () => {
    const [, , , up, down, ...rest] = widenedGrid({ grid, staleness }, AGE);

    expect(up).toMatchObject({
      name: '+10% NONE, widened for its age',
      spotShock: expect.closeTo(0.22, 12) as number,
      futuresShock: null,
    });
    // A fall stops at 99 %.
    expect(down).toMatchObject({
      spotShock: -0.99,
      futuresShock: expect.closeTo(-0.32, 12) as number,
    });
    expect(rest).toEqual([]);
  });

  it('is the grid itself for fresh prices, and without a law', () => {
    expect(widenedGrid({ grid, staleness }, 0)).toBe(grid);
    expect(widenedGrid({ grid, staleness: null }, AGE)).toBe(grid);
  });

  it('leaves a fall deeper than it widens to where it is', () => {
    const [, deep] = widenedGrid({ grid: [row(-0.995)], staleness }, AGE);
    expect(deep?.spotShock).toBe(-0.995);
  });
});

describe('a scan of old prices', () => {
  it('loses in the widened scenario', () => {
    const scan = plainScan([row(0.1), row(-0.1)], { staleness });
    const book = underlying({ priceAgeSeconds: AGE, futures: [perpetual(1)] });

    expect([...scanProfits(preparedScan(scan, book))].at(-1)).toBeCloseTo(-22, 10);
  });

  it('never requires less than that of fresh ones', () => {
    const ages = fc.double({ min: 0, max: 1e6, noNaN: true });
    const scan = { ...fullScan, staleness };
    fc.assert(
      fc.property(anyUnderlying, ages, (fresh, priceAgeSeconds) => {
        const amountOf = (book: typeof fresh) =>
          scanResult('SCAN', scan, book, LINE_COUNT).requirement.amount;
        const old = amountOf({ ...fresh, priceAgeSeconds });
        expect(old).toBeGreaterThanOrEqual(amountOf(fresh) - roundingOf(fresh));
      }),
    );
  });
});
