import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correlationOf,
  correlationTable,
  InvalidCorrelations,
} from '../../../../subgraphs/margin/domain/sensitivity/correlationTable.js';
import { smallestEigenvalue } from '../../../../subgraphs/margin/domain/sensitivity/smallestEigenvalue.js';

const NAMES = ['a', 'b', 'c'];
const table = (pairs: Readonly<Record<string, number>>) =>
  correlationTable('test', NAMES, (a, b) => pairs[a + b]);

describe('correlationTable', () => {
  it('knows a pair in both orders, a name with itself, and no other', () => {
    const read = table({ ab: 0.5, ac: 0.2, bc: 0.1 });

    expect([correlationOf(read, 'a', 'b'), correlationOf(read, 'b', 'a')]).toEqual([0.5, 0.5]);
    expect([correlationOf(read, 'z', 'z'), correlationOf(read, 'a', 'z')]).toEqual([1, null]);
    expect(correlationOf(read, 'z', 'a')).toBeNull();
  });

  it.each([
    ['a pair that is missing', { ab: 0.5, ac: 0.5 }, 'test: none between «b» and «c»'],
    ['two numbers of a pair', { ab: 0.5, ba: 0.4, ac: 0, bc: 0 }, 'test: two of «a» and «b»'],
    ['a number above 1', { ab: 1.01, ac: 0, bc: 0 }, 'test: 1.01 between «a» and «b»'],
    ['no number', { ab: NaN, ac: 0, bc: 0 }, 'test: NaN between'],
    // a is b and b is c, but a is not c: 1 − √2 < 0 is an eigenvalue.
    ['what no prices can do', { ab: 1, bc: 1, ac: 0 }, 'test: not positive semidefinite'],
  ])('refuses %s', (_, pairs, message) => {
    expect(() => table(pairs)).toThrow(InvalidCorrelations);
    expect(() => table(pairs)).toThrow(
      expect.objectContaining({ name: 'InvalidCorrelations', table: 'test' }),
    );
    expect(() => table(pairs)).toThrow(message);
  });

  it('takes names that move as one', () => {
    expect(() => table({ ab: 1, bc: 1, ac: 1 })).not.toThrow();
  });
});

describe('smallestEigenvalue', () => {
  const entry = fc.integer({ min: -100, max: 100 }).map((hundredths) => hundredths / 100);
  const rows = (...all: readonly (readonly number[])[]) => all.map((row) => Float64Array.from(row));

  it('is 1 − ρ of two names, and 1 − ρ√2 of a chain of three', () => {
    expect(smallestEigenvalue(rows([1, 0.3], [0.3, 1]))).toBeCloseTo(0.7, 14);
    expect(smallestEigenvalue(rows([1, 0.6, 0], [0.6, 1, 0.6], [0, 0.6, 1]))).toBeCloseTo(
      1 - 0.6 * Math.SQRT2,
      14,
    );
  });

  it('is the smallest number of a diagonal, and scales with the matrix', () => {
    expect(smallestEigenvalue(rows([3, 0, 0], [0, -2, 0], [0, 0, 5]))).toBe(-2);
    expect(smallestEigenvalue(rows([1e6, 3e5], [3e5, 1e6]))).toBeCloseTo(7e5, 8);
    expect(smallestEigenvalue([])).toBe(Infinity);
  });

  it('is 1 − ρ of any number of names that all correlate by ρ', () => {
    const alike = Array.from({ length: 40 }, (_, i) =>
      Float64Array.from({ length: 40 }, (_, j) => (i === j ? 1 : 0.25)),
    );

    expect(smallestEigenvalue(alike)).toBeCloseTo(0.75, 12);
  });

  it('leaves the matrix as it is', () => {
    const matrix = rows([1, 0.3], [0.3, 1]);
    smallestEigenvalue(matrix);

    expect(matrix).toEqual(rows([1, 0.3], [0.3, 1]));
  });

  it('is never negative of products of vectors with each other', () => {
    const vectors = fc.array(fc.array(entry, { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(vectors, (all) => {
        const dot = (a: readonly number[], b: readonly number[]) =>
          a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
        const gram = all.map((a) => Float64Array.from(all, (b) => dot(a, b)));

        expect(smallestEigenvalue(gram)).toBeGreaterThan(-1e-12);
      }),
    );
  });

  it('is no larger than x·Mx ÷ x·x for any x', () => {
    const symmetric = fc.tuple(entry, entry, entry, entry, entry, entry);
    fc.assert(
      fc.property(symmetric, fc.tuple(entry, entry, entry), ([a, b, c, d, e, f], [x, y, z]) => {
        fc.pre(x * x + y * y + z * z > 1e-3);
        const quotient =
          (a * x * x + d * y * y + f * z * z + 2 * (b * x * y + c * x * z + e * y * z)) /
          (x * x + y * y + z * z);
        const smallest = smallestEigenvalue(rows([a, b, c], [b, d, e], [c, e, f]));

        expect(smallest).toBeLessThanOrEqual(quotient + 1e-12);
      }),
    );
  });
});
