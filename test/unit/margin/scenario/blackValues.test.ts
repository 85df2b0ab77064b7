import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blackValues,
  optionColumns,
} from '../../../../subgraphs/margin/domain/scenario/blackValues.js';
import { black76 } from '../../../../subgraphs/shared/pricing/black76.js';

interface Row {
  readonly forward: number;
  readonly strike: number;
  readonly deviation: number;
  readonly isCall: boolean;
}

function valuesOf(rows: readonly Row[]): readonly number[] {
  const values = new Float64Array(rows.length);
  blackValues(
    optionColumns(
      Float64Array.from(rows, ({ strike }) => strike),
      Uint8Array.from(rows, ({ isCall }) => (isCall ? 1 : 0)),
    ),
    Float64Array.from(rows, ({ forward }) => forward),
    Float64Array.from(rows, ({ deviation }) => deviation),
    values,
  );
  return [...values];
}

/** Each row beside what it is worth. */
const priced = (rows: readonly Row[]) => {
  const values = valuesOf(rows);
  return rows.map((row, index) => ({ row, value: values[index] ?? NaN }));
};

const reference = ({ forward, strike, deviation, isCall }: Row) =>
  black76({
    type: isCall ? 'CALL' : 'PUT',
    forward,
    strike,
    volatility: deviation,
    years: 1,
    discount: 1,
  });

const exercised = ({ forward, strike, isCall }: Row) =>
  Math.max(isCall ? forward - strike : strike - forward, 0);

describe('blackValues', () => {
  // Out of the money, near and far; values by 40-digit arithmetic.
  it.each([
    { strike: 75_000, deviation: 0.17, isCall: true, expected: 2808.8719558813531838 },
    { strike: 65_000, deviation: 0.03, isCall: false, expected: 4.4448923313715062575 },
    { strike: 100_000, deviation: 0.05, isCall: true, expected: 2.7652027386616477347e-10 },
    { strike: 70_000, deviation: 0.2, isCall: true, expected: 5575.8972187840574052 },
    { strike: 60_000, deviation: 1.5, isCall: true, expected: 40_692.966838216009508 },
    { strike: 10_000, deviation: 0.05, isCall: false, expected: 0 },
  ])('is $expected at a strike of $strike', ({ expected, ...option }) => {
    const [value] = valuesOf([{ ...option, forward: 70_000 }]);
    expect(Math.abs((value ?? NaN) - expected)).toBeLessThanOrEqual(1e-12 * expected);
  });

  it('keeps the digits of an option about to expire', () => {
    // By 40-digit arithmetic. Logarithms of 70,000 itself would be off by 2e-12 of the value.
    const [value] = valuesOf([{ forward: 70_000, strike: 70_010, deviation: 1e-3, isCall: true }]);
    expect(Math.abs((value ?? NaN) / 23.212408026561289649 - 1)).toBeLessThan(7e-13);
  });

  it('prices rows of different forwards, strikes and sides one by one', () => {
    const rows = [
      { forward: 100, strike: 90, deviation: 0.2, isCall: true },
      { forward: 100, strike: 110, deviation: 0.3, isCall: false },
      { forward: 120, strike: 110, deviation: 0, isCall: true },
      { forward: 100, strike: 1e-3, deviation: 0.3, isCall: true },
      { forward: 120, strike: 120, deviation: 0.1, isCall: false },
    ];
    // Logarithms are taken from the middle strike, whose choice shows in the last digit.
    valuesOf(rows).forEach((value, index) =>
      expect(value).toBeCloseTo(valuesOf(rows.slice(index, index + 1))[0] ?? NaN, 12),
    );
    expect(valuesOf(rows)[2]).toBe(10);
  });

  it.each([
    { what: 'without deviation', forward: 90, strike: 100, deviation: 0 },
    { what: 'without deviation at the money', forward: 100, strike: 100, deviation: 0 },
    { what: 'on a strike of 0', forward: 90, strike: 0, deviation: 0.5 },
    { what: 'on a forward of 0', forward: 0, strike: 100, deviation: 0.5 },
    { what: 'on nothing at all', forward: 0, strike: 0, deviation: 0.5 },
    { what: 'of hardly any deviation', forward: 90, strike: 100, deviation: 1e-300 },
  ])('is what exercising pays $what', ({ forward, strike, deviation }) => {
    const rows = [true, false].map((isCall) => ({ forward, strike, deviation, isCall }));
    expect(valuesOf(rows)).toEqual(rows.map(exercised));
  });

  it('is the forward and the strike where anything may happen', () => {
    const rows = [true, false].map((isCall) => ({
      ...{ forward: 90, strike: 100, isCall },
      deviation: 1e6,
    }));
    expect(valuesOf(rows)).toEqual([90, 100]);
  });

  it('does not hide a number that is none', () => {
    const row = { forward: 90, strike: 100, deviation: 0.5, isCall: true };
    expect(valuesOf([{ ...row, deviation: NaN }, { ...row, forward: NaN }, row])).toEqual([
      NaN,
      NaN,
      expect.closeTo(reference(row), 12) as number,
    ]);
  });

  it('takes no options', () => {
    expect(valuesOf([])).toEqual([]);
  });
});

/** Strikes up to twelve deviations from the forward, from minutes to years, and the ends. */
const rows = fc.array(
  fc
    .record({
      forward: fc.double({ min: 1, max: 1e5, noNaN: true }),
      deviations: fc.double({ min: -12, max: 12, noNaN: true }),
      deviation: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 3, noNaN: true })),
      isCall: fc.boolean(),
    })
    .map(({ deviations, ...row }) => ({
      ...row,
      strike: row.forward * Math.exp(deviations * row.deviation),
    })),
  { minLength: 1, maxLength: 20 },
);

describe('blackValues, for any options', () => {
  it('agrees with the price of each alone to the rounding of its forward and strike', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const errors = priced(drawn).map(
          ({ row, value }) => Math.abs(value - reference(row)) / Math.max(row.forward, row.strike),
        );
        expect(Math.max(...errors)).toBeLessThan(4e-15);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps call less put equal to the forward less the strike', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const puts = valuesOf(drawn.map((row) => ({ ...row, isCall: false })));
        priced(drawn.map((row) => ({ ...row, isCall: true }))).forEach(({ row, value }, index) => {
          const { forward, strike } = row;
          const parity = value - (puts[index] ?? NaN) - (forward - strike);
          expect(Math.abs(parity) / (forward + strike)).toBeLessThan(4e-16);
        });
      }),
    );
  });

  it('stays between what exercising pays and the forward (call) or the strike (put)', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        priced(drawn).forEach(({ row, value }) => {
          expect(value).toBeGreaterThanOrEqual(exercised(row));
          const most = row.isCall ? row.forward : row.strike;
          expect(value).toBeLessThanOrEqual(most * (1 + 4e-16));
        });
      }),
    );
  });
});
