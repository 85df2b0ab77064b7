import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format, ratio, toFloat, usd } from '../../../../subgraphs/shared/units.js';
import { exactRequirement } from '../../../../subgraphs/margin/domain/portfolio/exactRequirement.js';
import { publishedRequirement } from '../../../../subgraphs/margin/domain/portfolio/publishedRequirement.js';
import {
  charge,
  largestOf,
  scaled,
  smallestOf,
  sumOf,
  type Requirement,
} from '../../../../subgraphs/margin/domain/risk/requirement.js';

const leaf = (amount: number) => charge({ code: 'LEAF', detail: 'why' }, Float64Array.of(amount));
const amountOf = (of: Requirement) => format(exactRequirement(of).amount);

describe('exactRequirement', () => {
  it('rounds charges up to 10⁻⁸ dollars and puts them together exactly', () => {
    const [a, b] = [leaf(1 / 3), leaf(2 / 3)];

    expect(amountOf(a)).toBe('0.33333334');
    expect(amountOf(sumOf({ code: 'SUM' }, 1, [a, b]))).toBe('1.00000001');
    expect(amountOf(largestOf({ code: 'L' }, [a, b]))).toBe('0.66666667');
    expect(amountOf(smallestOf({ code: 'S' }, [a, b]))).toBe('0.33333334');
    expect(amountOf(scaled({ code: 'F' }, 0.8, a))).toBe('0.266666672');
    expect(amountOf(sumOf({ code: 'SUM' }, 1, []))).toBe('0');
  });

  it('is nothing where there is nothing to choose from', () => {
    const without: Requirement = { ...leaf(0), operation: 'LARGEST' };

    expect(amountOf(without)).toBe('0');
    expect(amountOf({ ...without, operation: 'SMALLEST' })).toBe('0');
  });

  it('makes no decimal for charges of nothing, which most are', () => {
    const { amount } = exactRequirement(leaf(0));

    expect(amount).toEqual(usd('0'));
    expect(exactRequirement(leaf(0)).amount).toBe(amount);
  });

  it('keeps the names, the details and the factors', () => {
    const tree = scaled({ code: 'FACTOR', of: 'BTC' }, 1.3, leaf(2));

    expect(exactRequirement(tree)).toMatchObject({
      code: 'FACTOR',
      of: 'BTC',
      operation: 'SCALED',
      parts: [
        { code: 'LEAF', of: null, operation: 'LEAF', factor: null, detail: 'why', parts: [] },
      ],
    });
    expect(exactRequirement(tree).factor).toEqual(ratio('1.3'));
  });

  it('is never below the requirement that it publishes, nor far above it', () => {
    const amounts = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 8 }), (all) => {
        const tree = sumOf({ code: 'SUM' }, 1, all.map(leaf));
        const exact = toFloat(exactRequirement(tree).amount);
        expect(exact).toBeGreaterThan(tree.amount - 1e-6);
        expect(exact).toBeLessThan(tree.amount + all.length * 1e-8 + 1e-6);
      }),
    );
  });
});

describe('publishedRequirement', () => {
  it('lifts an initial margin that rounding has put below the maintenance margin', () => {
    // Three thirds that are rounded up each, against one whole.
    const whole = leaf(1);
    const thirds = sumOf({ code: 'SUM' }, 1, [leaf(1 / 3), leaf(1 / 3), leaf(1 / 3)]);
    const published = publishedRequirement({
      initialMargin: whole,
      maintenanceMargin: thirds,
      scenarios: [],
    });

    expect(published?.maintenanceMargin.part.amount).toEqual(usd('1.00000002'));
    expect(published?.initialMargin.part).toMatchObject({
      code: 'FLOOR',
      operation: 'LARGEST',
      amount: usd('1.00000002'),
      parts: [{ code: 'LEAF' }, { code: 'SUM' }],
    });
  });

  it('is none for amounts that no account could mean, in the whole or in a part', () => {
    const published = (of: Requirement, least = leaf(0)) =>
      publishedRequirement({ initialMargin: of, maintenanceMargin: least, scenarios: [] });

    expect(published(leaf(9e18))).not.toBe(null);
    expect(published(leaf(1e19))).toBe(null);
    expect(published(leaf(1), leaf(1e19))).toBe(null);
    expect(published(smallestOf({ code: 'S' }, [leaf(1), leaf(1e19)]))).toBe(null);
    expect(published(charge({ code: 'C' }, Float64Array.of(1e19, -1e19)))).toBe(null);
  });
});
