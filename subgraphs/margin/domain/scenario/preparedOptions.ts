/** The options of one underlying as columns, sorted by expiry, for the inner loop. */

import type { OptionRisk } from '../risk/riskBook.js';
import { optionColumns, type OptionColumns } from './blackValues.js';

export interface PreparedOptions {
  readonly count: number;
  readonly columns: OptionColumns;
  readonly quantities: Float64Array;
  readonly volatilities: Float64Array;
  /** Places in the book's lines. */
  readonly lines: Int32Array;
  /** Rows of expiry e are starts[e] up to, not including, starts[e + 1]. */
  readonly starts: Int32Array;
}

type OptionRow = Omit<OptionRisk, 'confidence'>;

/** @param expiries Only counted. */
export function preparedOptions({
  options,
  expiries,
}: {
  readonly options: readonly OptionRow[];
  readonly expiries: readonly unknown[];
}): PreparedOptions {
  const { length: count } = options;
  const [strikes, isCall] = [new Float64Array(count), new Uint8Array(count)];
  const [quantities, volatilities] = [new Float64Array(count), new Float64Array(count)];
  const lines = new Int32Array(count);
  const starts = firstRows(options, expiries.length);
  const next = starts.slice();
  for (const option of options) {
    const row = next[option.expiry]!++;
    strikes[row] = option.strike;
    isCall[row] = option.isCall ? 1 : 0;
    quantities[row] = option.quantity;
    volatilities[row] = option.volatility;
    lines[row] = option.line;
  }
  const columns = optionColumns(strikes, isCall);
  return { count, columns, quantities, volatilities, lines, starts };
}

/** Of each expiry, and after them the number of options. */
function firstRows(options: readonly OptionRow[], expiryCount: number): Int32Array {
  const starts = new Int32Array(expiryCount + 1);
  for (const { expiry } of options) starts[expiry + 1]! += 1;
  for (let e = 0; e < expiryCount; e++) starts[e + 1]! += starts[e]!;
  return starts;
}
