import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import { anyLegs, oneUnderlying, scaleOf } from '../delta/oneUnderlying.js';
import { initialOf, perpetual, resultOf, RUNS } from './presets.js';

const part = (requirement: Requirement, code: string): Requirement | undefined =>
  requirement.code === code
    ? requirement
    : requirement.parts.map((one) => part(one, code)).find((found) => found !== undefined);

describe('unified-1', () => {
  it('charges a hedge over two venues its basis, far below its legs alone', () => {
    // Minimum delta 1 % × 70,000 and basis 1 % × 70,000, against 2 × 11,200 alone.
    const { initialMargin } = resultOf(
      'unified-1',
      oneUnderlying([perpetual(1, 'one'), perpetual(-1, 'two')]).book,
    );

    expect(part(initialMargin, 'SMALLEST')?.amount).toBeCloseTo(1_400, 9);
    expect(part(initialMargin, 'STAND_ALONE')?.amount).toBeCloseTo(22_400, 9);
  });

  it('never charges netting more than standing alone, for any book', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scope = oneUnderlying(legs, { returns: [-0.2, 0.1, 0.3] });
        const { initialMargin } = resultOf('unified-1', scope.book);
        const capped = part(initialMargin, 'SMALLEST')?.amount ?? 0;
        const alone = part(initialMargin, 'STAND_ALONE')?.amount ?? 0;

        expect(capped).toBeLessThanOrEqual(alone + scaleOf(scope) * 1e-12);
      }),
      RUNS,
    );
  });

  it('lets a history of larger moves raise the requirement, and none lower it', () => {
    const legs = [perpetual(1)];

    // 25 % of 70,000 in place of 16 %: 6,300 more.
    expect(initialOf('unified-1', legs, { returns: [-0.25] })).toBeCloseTo(
      initialOf('unified-1', legs) + 6_300,
      6,
    );
    expect(initialOf('unified-1', legs, { returns: [-0.01] })).toBe(initialOf('unified-1', legs));
  });

  it('asks no less for older prices, larger haircuts or weaker feeds, for any book', () => {
    const age = fc.double({ min: 0, max: 86_400, noNaN: true });
    const share = fc.double({ min: 0, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(anyLegs, age, share, (legs, priceAgeSeconds, more) => {
        const scope = oneUnderlying(legs);
        const { underlying } = scope;
        const before = resultOf('unified-1', scope.book).initialMargin.amount;
        const worse = {
          ...underlying,
          priceAgeSeconds,
          spot: { ...underlying.spot, confidence: 1 - more * 2 },
          collateral: underlying.collateral.map((held) => ({
            ...held,
            maintenanceHaircut: held.maintenanceHaircut + more,
          })),
        };
        const after = resultOf('unified-1', { ...scope.book, underlyings: [worse] });

        expect(after.initialMargin.amount).toBeGreaterThanOrEqual(before - scaleOf(scope) * 1e-12);
      }),
      RUNS,
    );
  });

  it('raises initial margin alone when the settlement currency loses its peg', () => {
    const at = (stable: number) =>
      resultOf('unified-1', oneUnderlying([perpetual(1)], { stable }).book);

    // 4 × (0.99 − 0.94) = 20 % of 11,200.
    expect(at(0.94).initialMargin.amount - at(1).initialMargin.amount).toBeCloseTo(2_240, 6);
    expect(at(0.94).maintenanceMargin.amount).toBe(at(1).maintenanceMargin.amount);
  });
});
