/** Correlations between named things: symmetric, 1 of a thing with itself. */

import { smallestEigenvalue } from './smallestEigenvalue.js';

export interface CorrelationTable {
  readonly names: readonly string[];
  /** Rows and columns in the order of `names`. */
  readonly matrix: readonly Float64Array[];
}

/** A table that no prices could have produced; the message names the table and the fault. */
export class InvalidCorrelations extends RangeError {
  override readonly name = 'InvalidCorrelations';

  constructor(
    readonly table: string,
    problem: string,
  ) {
    super(`${table}: ${problem}`);
  }
}

/** Below it an eigenvalue is negative, and not zero rounded. */
const EIGENVALUE_ROUNDING = 1e-9;

/**
 * Every pair needs its correlation, given once or twice alike.
 *
 * Throws InvalidCorrelations, calling the table `what`, where one is missing, differs or is outside
 * −1…1, or where the whole is not positive semidefinite: some portfolio would have a negative
 * variance.
 */
export function correlationTable(
  what: string,
  names: readonly string[],
  correlation: (a: string, b: string) => number | undefined,
): CorrelationTable {
  const read = (a: string, b: string): number => {
    const [there, back] = [correlation(a, b), correlation(b, a)];
    const value = there ?? back;
    const pair = `«${a}» and «${b}»`;
    if (value === undefined) throw new InvalidCorrelations(what, `none between ${pair}`);
    if (back !== undefined && back !== value) throw new InvalidCorrelations(what, `two of ${pair}`);
    if (!(Math.abs(value) <= 1)) {
      throw new InvalidCorrelations(what, `${value} between ${pair} is not in −1…1`);
    }
    return value;
  };
  const matrix = names.map((a) => Float64Array.from(names, (b) => (a === b ? 1 : read(a, b))));
  const smallest = smallestEigenvalue(matrix);
  if (smallest < -EIGENVALUE_ROUNDING) {
    throw new InvalidCorrelations(what, `not positive semidefinite: eigenvalue ${smallest}`);
  }
  return { names, matrix };
}

/** Null where the table lacks one of the names. */
export function correlationOf(
  table: CorrelationTable | { readonly constant: number },
  a: string,
  b: string,
): number | null {
  if (a === b) return 1;
  if ('constant' in table) return table.constant;
  return table.matrix[table.names.indexOf(a)]?.[table.names.indexOf(b)] ?? null;
}
