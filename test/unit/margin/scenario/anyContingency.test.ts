import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { basisScenario } from '../../../../subgraphs/margin/domain/scenario/basisScenario.js';
import { collateralHaircut } from '../../../../subgraphs/margin/domain/scenario/collateralHaircut.js';
import { nakedShortOption } from '../../../../subgraphs/margin/domain/scenario/nakedShortOption.js';
import { oracleConfidence } from '../../../../subgraphs/margin/domain/scenario/oracleConfidence.js';
import { perpetualContingency } from '../../../../subgraphs/margin/domain/scenario/perpetualContingency.js';
import { anyUnderlying, fed, LINE_COUNT, roundingOf, scaledBy, together } from './riskBooks.js';

describe('every contingency, for any book', () => {
  const contingencies: readonly ((book: UnderlyingRisk) => number)[] = [
    (book) =>
      perpetualContingency('C', { kind: 'PERPETUAL_CONTINGENCY', rate: 0.03 }, book, LINE_COUNT)
        .amount,
    (book) =>
      nakedShortOption('C', { kind: 'NAKED_SHORT_OPTION', rate: 0.01 }, book, LINE_COUNT).amount,
    (book) =>
      collateralHaircut('C', { kind: 'COLLATERAL_HAIRCUT', level: 'INITIAL' }, book, LINE_COUNT)
        .amount,
    (book) =>
      basisScenario(
        'C',
        {
          kind: 'BASIS_SCENARIO',
          up: 0.05,
          down: -0.05,
          share: 0.5,
          sharePerYear: 2,
          discountsMarks: true,
        },
        book,
        LINE_COUNT,
      ).amount,
  ];

  const oracle = (book: UnderlyingRisk) =>
    oracleConfidence(
      'C',
      { kind: 'ORACLE_CONFIDENCE', threshold: 0.8, factor: 1 },
      book,
      LINE_COUNT,
    ).amount;

  it('is never negative, and grows in proportion', () => {
    const factors = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(anyUnderlying, factors, (book, factor) => {
        const rounding = roundingOf(book) * (1 + factor);
        for (const contingency of [...contingencies, oracle]) {
          expect(contingency(book)).toBeGreaterThanOrEqual(-rounding);
          const larger = contingency(scaledBy(factor, book));
          expect(Math.abs(larger - factor * contingency(book))).toBeLessThanOrEqual(rounding);
        }
      }),
    );
  });

  // But for the oracle's: the least trusted feed of one book is held against the other's options.
  it('asks no more together than apart', () => {
    fc.assert(
      fc.property(anyUnderlying, anyUnderlying, (one, other) => {
        const both = together(one, other);
        for (const contingency of contingencies) {
          const apart = contingency(one) + contingency(other);
          expect(contingency(both)).toBeLessThanOrEqual(apart + roundingOf(both));
        }
      }),
    );
  });

  it('asks no less for less confidence', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyUnderlying, shares, shares, (book, one, other) => {
        const at = (confidence: number) => oracle({ ...book, spot: fed(100, confidence) });
        const [less, more] = [at(Math.min(one, other)), at(Math.max(one, other))];
        expect(less).toBeGreaterThanOrEqual(more - roundingOf(book));
      }),
    );
  });
});
