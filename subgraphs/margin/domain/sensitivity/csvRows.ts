/** Comma-separated text into fields. Source: RFC 4180, with line feeds alone allowed. */

export interface CsvRow {
  /** Of its first character, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A quote that does not open or close a field; the message names the line. */
export class InvalidCsv extends SyntaxError {
  override readonly name = 'InvalidCsv';

  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(`line ${line}: ${problem}`);
  }
}

/** The field's text, quoted or not, and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Every row but empty ones, the header included. Throws InvalidCsv. */
export function csvRows(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  const field = new RegExp(FIELD);
  let [line, fields, start] = [1, [] as string[], 1];
  while (field.lastIndex < text.length || fields.length > 0) {
    const read = field.exec(text);
    if (read === null) throw new InvalidCsv(line, 'a quote inside a field, or one left open');
    const [all, quoted, plain, end] = read;
    fields.push(quoted?.replaceAll('""', '"') ?? plain!);
    line += all.split('\n').length - 1;
    if (end === ',') continue;
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: start, fields });
    [fields, start] = [[], line];
  }
  return rows;
}
