/** Tables of numbers that the rules look up by what a sensitivity says of itself. */

import { UnweighableSensitivity, type Sensitivity } from './sensitivity.js';

export interface Lookup {
  /** What a row is looked up by, in order; none where one number holds for all. */
  readonly by: readonly ('BUCKET' | 'LABEL1' | 'GROUP')[];
  /** Used by GROUP; null without. */
  readonly grouping: Grouping | null;
  /** By the parts joined with «|», such as «1|3m». */
  readonly values: ReadonlyMap<string, number>;
}

/** Groups of qualifiers, such as the currencies of high volatility. */
export interface Grouping {
  readonly groups: ReadonlyMap<string, string>;
  /** The group of every other qualifier. */
  readonly others: string;
}

/** The same number for every row. */
export const constant = (value: number): Lookup => ({
  by: [],
  grouping: null,
  values: new Map([['', value]]),
});

/** The number of the row. Throws UnweighableSensitivity, calling the table `what`, if it has none. */
export function lookUp(table: Lookup, row: Sensitivity, what: string): number {
  const key = table.by.map((part) => keyPart(part, table.grouping, row)).join('|');
  const value = table.values.get(key);
  if (value === undefined) throw new UnweighableSensitivity(row, `no ${what} for «${key}»`);
  return value;
}

function keyPart(part: Lookup['by'][number], grouping: Grouping | null, row: Sensitivity): string {
  if (part === 'BUCKET') return row.bucket;
  if (part === 'LABEL1') return row.label1;
  if (grouping === null) throw new UnweighableSensitivity(row, 'the rules have no groups');
  return groupOf(grouping, row.qualifier);
}

/** Of a pair of currencies, such as USDGBP, both groups in order: «1|2». */
export function groupOf({ groups, others }: Grouping, qualifier: string): string {
  const group = (name: string) => groups.get(name) ?? others;
  const pair = /^([A-Z]{3})([A-Z]{3})$/.exec(qualifier);
  return pair === null ? group(qualifier) : pair.slice(1).map(group).sort().join('|');
}
