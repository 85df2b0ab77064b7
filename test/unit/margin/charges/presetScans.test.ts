import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLegs, oneUnderlying, scaledLegs, scaleOf } from '../delta/oneUnderlying.js';
import { option, perpetual, RUNS, scanAmount, scanOf } from './presets.js';

/** Each with the number of its scenarios. */
const scans = [
  ['deribit-xpm-1', scanOf('deribit-xpm-1'), 27],
  ['okx-pm-1', scanOf('okx-pm-1', 'MR1'), 21],
  ['paradex-scan-1', scanOf('paradex-scan-1'), 24],
  ['span-16-1', scanOf('span-16-1'), 16],
  ['unified-1', scanOf('unified-1'), 24],
] as const;

describe('the grids', () => {
  it.each(scans)('%s has the rows that its venue publishes', (_name, { grid }, rows) => {
    expect(grid).toHaveLength(rows);
  });

  it('asks 11,200 of one perpetual at 70,000, as Paradex does', () => {
    // Golden row of domain.md §13: 16 % of 70,000.
    expect(scanAmount(scanOf('unified-1'), [perpetual(1)])).toBeCloseTo(11_200, 9);
    expect(scanAmount(scanOf('paradex-scan-1'), [perpetual(-1)])).toBeCloseTo(11_200, 9);
  });
});

describe.each(scans)('the scan of %s', (_name, scan) => {
  it('asks of two books together at most what it asks of both apart', () => {
    fc.assert(
      fc.property(anyLegs, anyLegs, (one, other) => {
        const together = scanAmount(scan, [...one, ...other]);
        const apart = scanAmount(scan, one) + scanAmount(scan, other);

        expect(together - apart).toBeLessThan(scaleOf(oneUnderlying([...one, ...other])) * 1e-12);
      }),
      RUNS,
    );
  });

  it('asks no less with a scenario more', () => {
    fc.assert(
      fc.property(anyLegs, fc.integer({ min: 1, max: scan.grid.length }), (legs, rows) => {
        const fewer = { ...scan, grid: scan.grid.slice(0, rows) };

        expect(scanAmount(fewer, legs)).toBeLessThanOrEqual(scanAmount(scan, legs));
      }),
      RUNS,
    );
  });

  it('asks of a call spread at most its largest loss, and of a long box nothing', () => {
    const [low, high] = [option(1, 70_000), option(-1, 80_000)];
    const box = [low, high, option(-1, 70_000, false), option(1, 80_000, false)];
    const inverted = scaledLegs([low, high], -1);

    // Long: the premium, below the 10,000 between the strikes; short: that width.
    expect(scanAmount(scan, [low, high])).toBeLessThan(10_000);
    expect(scanAmount(scan, inverted)).toBeLessThan(10_000);
    // In coins a fixed number of dollars gains and loses with the coin itself.
    if (scan.numeraire === 'USD') expect(scanAmount(scan, box)).toBeCloseTo(0, 6);
  });
});
