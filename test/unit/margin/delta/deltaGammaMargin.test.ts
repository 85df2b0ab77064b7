import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaExposure } from '../../../../subgraphs/margin/domain/delta/deltaExposure.js';
import {
  deltaGammaLoss,
  deltaGammaMargin,
  worstMove,
  type DeltaGamma,
} from '../../../../subgraphs/margin/domain/delta/deltaGammaMargin.js';
import { deltaMargin } from '../../../../subgraphs/margin/domain/delta/deltaMargin.js';
import { anyLegs, oneUnderlying } from './oneUnderlying.js';

const worstLoss = (book: DeltaGamma, moveMax: number) =>
  deltaGammaLoss(book, worstMove(book, moveMax));

describe('the worst of a delta and a gamma', () => {
  it('lies at an end of the range for who is short gamma', () => {
    // Golden row of domain.md §13, y = +0.16: 0.5 × 70,000 × 0.16 = 5,600, and
    // ½ × 2e-5 × (70,000 × 0.16)² = 1,254.40: together 6,854.40.
    const book = { delta: -0.5, gamma: -2e-5, spot: 70_000 };

    expect(worstMove(book, 0.16)).toBe(0.16);
    expect(worstLoss(book, 0.16)).toBeCloseTo(6_854.4, 9);
  });

  it('lies where long gamma catches up with the delta', () => {
    // Golden row of domain.md §13: Δ² ÷ 2Γ = 0.25 ÷ 4e-4 = 625, at y = −0.5 ÷ (2e-4 × 70,000).
    const book = { delta: 0.5, gamma: 2e-4, spot: 70_000 };

    expect(worstMove(book, 0.16)).toBeCloseTo(-0.0357142857, 9);
    expect(worstLoss(book, 0.16)).toBeCloseTo(625, 9);
  });

  it('is at the end where that would be beyond the range', () => {
    // Δ 0.5, Γ 1e-5: the turn is at −0.714; at −0.16: 5,600 − ½ × 1e-5 × 11,200² = 4,972.80.
    expect(worstLoss({ delta: 0.5, gamma: 1e-5, spot: 70_000 }, 0.16)).toBeCloseTo(4_972.8, 9);
  });

  it('is no loss without delta, but for who is short gamma', () => {
    expect(worstLoss({ delta: 0, gamma: 1e-4, spot: 70_000 }, 0.16)).toBeCloseTo(0, 12);
    expect(worstMove({ delta: 0, gamma: 0, spot: 70_000 }, 0.16)).toBe(0);
    // ½ × 1e-4 × 11,200² = 6,272.
    expect(worstLoss({ delta: 0, gamma: -1e-4, spot: 70_000 }, 0.16)).toBeCloseTo(6_272, 9);
  });

  it('is the largest loss on a grid of any exposure', () => {
    const exposures = fc.record({
      delta: fc.double({ min: -100, max: 100, noNaN: true }),
      gamma: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
      spot: fc.double({ min: 1, max: 100_000, noNaN: true }),
    });
    fc.assert(
      fc.property(exposures, fc.double({ min: 0.01, max: 1, noNaN: true }), (book, moveMax) => {
        const closed = worstLoss(book, moveMax);
        const grid = Array.from({ length: 401 }, (_, i) => (moveMax * (i - 200)) / 200);
        const onGrid = Math.max(...grid.map((move) => deltaGammaLoss(book, move)));
        // Between two points the parabola hides at most ½ |Γ| S² (step ÷ 2)².
        const hidden = (Math.abs(book.gamma) * book.spot ** 2 * (moveMax / 400) ** 2) / 2;

        const rounding = 1e-9 + Math.abs(onGrid) * 1e-12;

        expect(closed).toBeGreaterThanOrEqual(onGrid - rounding);
        expect(closed).toBeLessThanOrEqual(onGrid + hidden + rounding);
      }),
    );
  });
});

describe('deltaGammaMargin', () => {
  it('has each line pay its own loss at the worst move, and says where that is', () => {
    const { book, underlying } = oneUnderlying([
      { kind: 'FUTURE', quantity: 3 },
      { kind: 'FUTURE', quantity: -1 },
    ]);
    const exposure = deltaExposure(book, underlying);

    // 16 % of 70,000 is 11,200.
    expect(deltaGammaMargin('GAMMA', exposure, 0.16)).toMatchObject({
      amount: 22_400,
      shares: Float64Array.of(33_600, -11_200),
      detail: 'at a move of -16%',
    });
  });

  it('moves no further than where the gamma of all lines together catches up', () => {
    const long = { kind: 'OPTION', quantity: 10, strike: 70_000, isCall: true } as const;
    const { book, underlying } = oneUnderlying([
      long,
      { ...long, isCall: false, strike: 65_000 },
      { kind: 'FUTURE', quantity: -1.5 },
    ]);
    const exposure = deltaExposure(book, underlying);
    const gamma = exposure.lines.reduce((total, line) => total + line.gamma, 0);

    // Δ² ÷ 2Γ, as in the golden row above.
    expect(deltaGammaMargin('GAMMA', exposure, 0.5).amount).toBeCloseTo(
      exposure.net ** 2 / (2 * gamma),
      6,
    );
  });

  it('asks more of who has sold options than the delta alone', () => {
    const { book, underlying } = oneUnderlying([
      { kind: 'OPTION', quantity: -10, strike: 70_000, isCall: true },
      { kind: 'OPTION', quantity: -10, strike: 70_000, isCall: false },
    ]);
    const exposure = deltaExposure(book, underlying);

    expect(deltaGammaMargin('GAMMA', exposure, 0.16).amount).toBeGreaterThan(
      5 * deltaMargin('DELTA', exposure, 0.16).amount,
    );
  });

  it('is never negative, for any book', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { book, underlying } = oneUnderlying(legs);
        const { amount } = deltaGammaMargin('GAMMA', deltaExposure(book, underlying), 0.16);
        expect(amount).toBeGreaterThan(-1e-6);
      }),
    );
  });
});
