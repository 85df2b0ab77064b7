import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSize, openSizeMargin } from '../../../../subgraphs/margin/domain/delta/openSize.js';

describe('openSize', () => {
  it('takes the side on which the orders could leave more', () => {
    // Paradex's example: short 1 with 3 to buy and 2 to sell: +2 or −3.
    expect(openSize({ position: -1, buying: 3, selling: 2 })).toBe(3);
    expect(openSize({ position: 1, buying: 3, selling: 2 })).toBe(4);
  });

  it('asks for the rate on it', () => {
    // 3 × 90,000 × 2 %.
    expect(openSizeMargin({ position: -1, buying: 3, selling: 2 }, 90_000, 0.02)).toBe(5_400);
  });

  it('is at least what is held, for any orders', () => {
    const size = fc.double({ min: 0, max: 1e6, noNaN: true });
    const position = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(position, size, size, (held, buying, selling) => {
        const open = openSize({ position: held, buying, selling });
        expect(open).toBeGreaterThanOrEqual(Math.abs(held));
        expect(open).toBeGreaterThanOrEqual((buying + selling) / 2 - 1e-6);
      }),
    );
  });
});
