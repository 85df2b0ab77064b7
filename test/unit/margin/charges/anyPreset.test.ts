import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLegs, oneUnderlying, scaledLegs, scaleOf } from '../delta/oneUnderlying.js';
import { initialOf, NAMES, resultOf, RUNS } from './presets.js';

describe.each(NAMES)('%s, for any book', (name) => {
  it('asks at least as much to open as to stay open, and never less than nothing', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scope = oneUnderlying(legs, { returns: [-0.2, 0.1] });
        const { initialMargin, maintenanceMargin } = resultOf(name, scope.book);
        const rounding = scaleOf(scope) * 1e-12;

        expect(maintenanceMargin.amount).toBeGreaterThan(-rounding);
        expect(initialMargin.amount).toBeGreaterThanOrEqual(maintenanceMargin.amount - rounding);
      }),
      RUNS,
    );
  });

  it('shares the requirement out by line without a rest', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scope = oneUnderlying(legs, { returns: [-0.2, 0.1] });
        const { initialMargin } = resultOf(name, scope.book);
        const shared = initialMargin.shares.reduce((sum, share) => sum + share, 0);

        expect(Math.abs(shared - initialMargin.amount)).toBeLessThan(scaleOf(scope) * 1e-12);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of lines, nor on how a venue account is split', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const together = legs.map((leg) => ({ ...leg, venue: 'one' }));
        const split = together.flatMap((leg) => [
          { ...leg, quantity: leg.quantity * 0.75, venue: 'two' },
          { ...leg, quantity: leg.quantity * 0.25 },
        ]);
        const error = Math.abs(initialOf(name, split.toReversed()) - initialOf(name, together));

        expect(error / scaleOf(oneUnderlying(legs))).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });
});

describe.each(['paradex-scan-1', 'span-16-1'] as const)('%s, without tiers', (name) => {
  it('grows as the book does', () => {
    fc.assert(
      fc.property(anyLegs, fc.integer({ min: 0, max: 9 }), (legs, times) => {
        const grown = scaledLegs(legs, times);
        const error = Math.abs(initialOf(name, grown) - times * initialOf(name, legs));

        expect(error / scaleOf(oneUnderlying(grown))).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });
});
