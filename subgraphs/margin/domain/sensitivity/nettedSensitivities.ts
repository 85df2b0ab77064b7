/** Sensitivities of a book netted over its lines: many options have few risk factors. */

import type { BookSensitivity } from './bookSensitivities.js';
import type { Sensitivity } from './sensitivity.js';

export interface NettedSensitivity extends Sensitivity {
  /** What it is the sum of. */
  readonly parts: readonly BookSensitivity[];
}

/** One for each factor, in the order of the first of its rows. */
export function nettedSensitivities(
  rows: readonly BookSensitivity[],
): readonly NettedSensitivity[] {
  const parts = new Map<string, BookSensitivity[]>();
  for (const row of rows) {
    const key = `${row.riskType}|${row.label1}|${row.qualifier}`;
    const found = parts.get(key);
    if (found === undefined) parts.set(key, [row]);
    else found.push(row);
  }
  return [...parts.values()].map((each) => {
    const amount = each.reduce((sum, { amount }) => sum + amount, 0);
    return { ...each[0]!, amount, parts: each };
  });
}
