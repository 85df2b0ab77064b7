/** What the examples have in common. */

import { absolute } from '../compare.js';
import type { Comparison } from '../vectorSet.js';

export interface WorkedExample {
  readonly id: string;
  /** Which model of the venue, where the document has several. */
  readonly model?: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Within one unit of the last digit that is printed, and of a cent: documents round and cut off. */
export function printed(what: string, expected: number, actual: number): Comparison {
  const decimals = /\.(\d+)$/.exec(String(expected))?.[1]?.length ?? 0;
  return absolute(what, expected, actual, 1.000001 * 10 ** -Math.max(decimals, 2));
}

/** One comparison for each number that the document prints and that we compute. */
export function printedNumbers(
  expected: Readonly<Record<string, number | undefined>>,
  actual: Readonly<Record<string, number>>,
): readonly Comparison[] {
  return Object.entries(expected).flatMap(([what, value]) =>
    value === undefined ? [] : printed(what, value, actual[what] ?? NaN),
  );
}
