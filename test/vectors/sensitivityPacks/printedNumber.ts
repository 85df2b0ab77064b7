/** Comparison with a number as a table prints it. */

import type { Comparison } from '../vectorSet.js';

/** Tables mark what they do not state. */
const NOT_STATED = ['', '#N/A'];

/**
 * Within 1e-6 of it, or half of its last digit where it is printed with fewer; the relative error
 * is what goes beyond that half. None where the table states no number. Throws on other text.
 */
export function printedNumber(what: string, printed: string, actual: number): Comparison[] {
  if (NOT_STATED.includes(printed)) return [];
  const expected = Number(printed);
  if (Number.isNaN(expected)) throw new Error(`${what}: «${printed}» is no number`);
  const digits = printed.split('.')[1]?.length ?? 0;
  const size = Math.max(Math.abs(expected), 1);
  const half = 0.5 * 10 ** -digits * (1 + 1e-6);
  const error = Math.abs(actual - expected);
  return [
    {
      what,
      error,
      limit: Math.max(1e-6 * size, half),
      relativeError: Math.max(0, error - half) / size,
    },
  ];
}
