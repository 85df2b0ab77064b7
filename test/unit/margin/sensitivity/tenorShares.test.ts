import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tenorShares } from '../../../../subgraphs/margin/domain/sensitivity/tenorShares.js';

const VERTICES = [
  { label: '2d', days: 2 },
  { label: '10d', days: 10 },
  { label: '1m', days: 30 },
];

describe('tenorShares', () => {
  it('is one tenor alone before the first, after the last, and on one', () => {
    const alone = (days: number) => tenorShares(days, VERTICES, 'TIME');

    expect([0, 2, 10, 30, 500].map(alone)).toEqual(
      ['2d', '2d', '10d', '1m', '1m'].map((label) => [{ label, share: 1 }]),
    );
  });

  it('is linear in time, or in its inverse', () => {
    // 15 days: a quarter of the way from 10 to 30; 1/15 is half of the way from 1/10 to 1/30.
    expect(tenorShares(15, VERTICES, 'TIME')).toEqual([
      { label: '10d', share: 0.75 },
      { label: '1m', share: 0.25 },
    ]);
    const [ten, month] = tenorShares(15, VERTICES, 'INVERSE_TIME');
    expect([ten?.share, month?.share]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  });

  it('always shares out the whole, and never jumps', () => {
    const scales = fc.constantFrom('TIME' as const, 'INVERSE_TIME' as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }).map((hundredths) => hundredths / 100),
        scales,
        (days, scale) => {
          const at = (time: number, label: string) =>
            tenorShares(time, VERTICES, scale).find((each) => each.label === label)?.share ?? 0;
          const all = VERTICES.map(({ label }) => at(days, label));

          expect(all.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
          expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
          for (const { label } of VERTICES) {
            expect(Math.abs(at(days + 1e-6, label) - at(days, label))).toBeLessThan(1e-5);
          }
        },
      ),
    );
  });
});
