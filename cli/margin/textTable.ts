/** Rows of text in columns that line up. */

export interface TableOptions {
  /** Columns that end at the same place, as numbers do; the others begin at the same place. */
  readonly rightAligned?: readonly number[];
}

const GAP = '  ';

/** One line for each row, without trailing spaces. Rows may be of different lengths. */
export function textTable(
  rows: readonly (readonly string[])[],
  { rightAligned = [] }: TableOptions = {},
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const aligned = (text: string, column: number) =>
    rightAligned.includes(column)
      ? text.padStart(widths[column] ?? 0)
      : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(aligned).join(GAP).trimEnd());
}
