import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossVenueBasis } from '../../../../subgraphs/margin/domain/delta/crossVenueBasis.js';
import {
  deltaExposure,
  type DeltaExposure,
} from '../../../../subgraphs/margin/domain/delta/deltaExposure.js';
import { deltaMargin, deltaMove } from '../../../../subgraphs/margin/domain/delta/deltaMargin.js';
import { minimumDelta } from '../../../../subgraphs/margin/domain/delta/minimumDelta.js';
import { underlyingSlice } from '../../../../subgraphs/margin/domain/scenario/venueSlice.js';
import { anyLegs, oneUnderlying, scaledLegs, scaleOf, type Leg } from './oneUnderlying.js';

const RATES = { unhedged: 0.02, hedged: 0.01 };

const exposureOf = (legs: readonly Leg[]): DeltaExposure => {
  const { book, underlying } = oneUnderlying(legs);
  return deltaExposure(book, underlying);
};

const minimum = (legs: readonly Leg[]) => minimumDelta('MINIMUM', exposureOf(legs), RATES).amount;
const margin = (legs: readonly Leg[]) => deltaMargin('DELTA', exposureOf(legs), 0.16).amount;
const basis = (legs: readonly Leg[]) => crossVenueBasis('BASIS', exposureOf(legs), 0.01).amount;

describe('minimumDelta', () => {
  it('charges the net and the hedged delta at their own rates', () => {
    // Golden row of domain.md §13: (2 % × 0.5 + 1 % × 1) × 70,000 = 1,400.
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: 1 },
      { kind: 'FUTURE', quantity: -1.5, expiry: 0 },
    ];

    expect(minimum(legs)).toBeCloseTo(1_400, 9);
  });

  it('leaves only the hedge charge on a perfect hedge, half of it to each leg', () => {
    // 1 % × 2 × 70,000 = 1,400.
    const { amount, shares } = minimumDelta(
      'MINIMUM',
      exposureOf([
        { kind: 'FUTURE', quantity: 2 },
        { kind: 'FUTURE', quantity: -2, expiry: 1 },
      ]),
      RATES,
    );

    expect([amount, ...shares]).toEqual([1_400, 700, 700]);
  });

  it('gives the line that hedges a share below nothing', () => {
    // Net +1: the long pays 2 % × 2 × 70,000, the short 1 % × 1 − 2 % × 1: in all 2,100.
    const { amount, shares, detail } = minimumDelta(
      'MINIMUM',
      exposureOf([
        { kind: 'FUTURE', quantity: 2 },
        { kind: 'FUTURE', quantity: -1 },
      ]),
      RATES,
    );

    expect([amount, ...shares]).toEqual([2_100, 2_800, -700]);
    expect(detail).toBe('net 1, hedged 1');
  });
});

describe('deltaMargin', () => {
  it('moves by the floor, or by the deviations of the days that closing takes', () => {
    const calm = { floor: 0.16, deviations: 2, dailyVolatility: 0.03, days: 4 };

    expect(deltaMove(calm)).toBe(0.16);
    // 3 × 0.04 × √4 = 0.24.
    expect(deltaMove({ ...calm, deviations: 3, dailyVolatility: 0.04 })).toBeCloseTo(0.24, 12);
  });

  it('is nothing on a perfect hedge', () => {
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: 2 },
      { kind: 'FUTURE', quantity: -2, expiry: 1 },
    ];

    expect(margin(legs)).toBe(0);
  });

  it('asks for the move on what is left of either side', () => {
    // |1 − 3| × 70,000 × 0.16 = 22,400.
    expect(
      margin([
        { kind: 'FUTURE', quantity: 1 },
        { kind: 'FUTURE', quantity: -3 },
      ]),
    ).toBeCloseTo(22_400, 9);
  });
});

describe('crossVenueBasis', () => {
  it('charges what one venue is long and another is short', () => {
    // Long 3 at one venue, short 1 at another: 1 % × min(3, 1) × 70,000 = 700, paid by the short.
    const { amount, shares } = crossVenueBasis(
      'BASIS',
      exposureOf([
        { kind: 'FUTURE', quantity: 3, venue: 'one' },
        { kind: 'FUTURE', quantity: -1, venue: 'two' },
      ]),
      0.01,
    );

    expect([amount, ...shares]).toEqual([700, 0, 700]);
  });

  it('is nothing for a hedge at one venue', () => {
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: 3 },
      { kind: 'FUTURE', quantity: -3, expiry: 0 },
    ];

    expect(basis(legs)).toBe(0);
  });

  it('is paid by the long side where that is the smaller', () => {
    const { amount, shares } = crossVenueBasis(
      'BASIS',
      exposureOf([
        { kind: 'FUTURE', quantity: 1, venue: 'one' },
        { kind: 'FUTURE', quantity: -4, venue: 'two' },
      ]),
      0.01,
    );

    expect([amount, ...shares]).toEqual([700, 700, 0]);
  });

  it('is shared evenly where both sides are equal', () => {
    const { shares } = crossVenueBasis(
      'BASIS',
      exposureOf([
        { kind: 'FUTURE', quantity: 2, venue: 'one' },
        { kind: 'FUTURE', quantity: -2, venue: 'two' },
      ]),
      0.01,
    );

    expect([...shares]).toEqual([700, 700]);
  });
});

describe('the delta charges, of any book', () => {
  const charges = { minimum, margin, basis };

  it.each(Object.entries(charges))('%s is never negative', (_name, amount) => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        expect(amount(legs) / scaleOf(oneUnderlying(legs))).toBeGreaterThanOrEqual(-1e-15);
      }),
    );
  });

  it.each(Object.entries(charges))('%s grows as the book does', (_name, amount) => {
    fc.assert(
      fc.property(anyLegs, fc.integer({ min: 0, max: 9 }), (legs, times) => {
        const grown = scaledLegs(legs, times);
        const error = Math.abs(amount(grown) - times * amount(legs));
        expect(error / scaleOf(oneUnderlying(grown))).toBeLessThan(1e-13);
      }),
    );
  });

  it.each(Object.entries({ minimum, margin }))(
    '%s of two books together is at most that of both apart',
    (_name, amount) => {
      fc.assert(
        fc.property(anyLegs, anyLegs, (one, other) => {
          const together = amount([...one, ...other]);
          const scale = scaleOf(oneUnderlying([...one, ...other]));
          expect(together - amount(one) - amount(other)).toBeLessThan(scale * 1e-13);
        }),
      );
    },
  );

  it('minimumDelta equals (1.5 % of |net| and 0.5 % of gross) × spot', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { net, gross, spot } = exposureOf(legs);
        const expected = (0.015 * Math.abs(net) + 0.005 * gross) * spot;
        expect(Math.abs(minimum(legs) - expected) / (expected + 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('crossVenueBasis equals the rate × the smaller side × spot, and is 0 for each venue alone', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { byVenue, spot } = exposureOf(legs);
        const side = (sign: number) =>
          [...byVenue.values()].reduce((sum, delta) => sum + Math.max(sign * delta, 0), 0);
        const expected = 0.01 * Math.min(side(1), side(-1)) * spot;
        const scope = oneUnderlying(legs);
        expect(Math.abs(basis(legs) - expected) / scaleOf(scope)).toBeLessThan(1e-13);

        for (const venue of byVenue.keys()) {
          const slice = underlyingSlice(scope.book, scope.underlying, `${venue}:account`);
          const alone = crossVenueBasis('BASIS', deltaExposure(scope.book, slice), 0.01);
          expect(alone.amount).toBe(0);
        }
      }),
    );
  });

  it('does not depend on how a position is split over venues, but for the basis', () => {
    const split = (legs: readonly Leg[]): readonly Leg[] =>
      legs.flatMap((leg) => [
        { ...leg, quantity: leg.quantity * 0.25 },
        { ...leg, quantity: leg.quantity * 0.75, venue: 'four' },
      ]);
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scale = scaleOf(oneUnderlying(legs));
        expect(Math.abs(minimum(split(legs)) - minimum(legs)) / scale).toBeLessThan(1e-13);
        expect(Math.abs(margin(split(legs)) - margin(legs)) / scale).toBeLessThan(1e-13);
      }),
    );
  });
});
