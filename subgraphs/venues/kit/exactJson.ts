/**
 * JSON in which every number keeps the digits that were sent.
 *
 * `JSON.parse` turns 7476.650000000000001 into the float nearest to it before anybody can look. The
 * grammar is that of RFC 8259, and what `JSON.parse` refuses is refused here; so are an object that
 * names a key twice, which contradicts itself, and nesting that no venue sends.
 */

/** A JSON number as its source text, for example `-1e-08`. */
export class JsonNumber {
  constructor(readonly source: string) {}
}

/** A map, and not an object, so that a key such as `__proto__` is a key like any other. */
export type JsonObject = ReadonlyMap<string, ExactJson>;
export type ExactJson = null | boolean | string | JsonNumber | readonly ExactJson[] | JsonObject;

const DEPTH_MAX = 64;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** Throws SyntaxError with line and column when the text is not JSON. */
export function parseExactJson(text: string): ExactJson {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): ExactJson {
    if (depth > DEPTH_MAX) throw this.error(`nested deeper than ${DEPTH_MAX} levels`);
    this.match(SPACE);
    const next = this.text[this.at];
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    if (next === '"') return this.string();
    const word = this.match(WORD);
    if (word) return WORDS[word] ?? null;
    const number = this.match(NUMBER);
    if (number) return new JsonNumber(number);
    throw this.error('a value is expected');
  }

  end(): void {
    this.match(SPACE);
    if (this.at < this.text.length) throw this.error('more text after the value');
  }

  private object(depth: number): JsonObject {
    const members = new Map<string, ExactJson>();
    this.list('}', () => {
      this.match(SPACE);
      if (this.text[this.at] !== '"') throw this.error('a key in quotes is expected');
      const key = this.string();
      if (members.has(key)) throw this.error(`the key ${JSON.stringify(key)} appears twice`);
      if (!this.take(':')) throw this.error('":" is expected');
      members.set(key, this.value(depth + 1));
    });
    return members;
  }

  private array(depth: number): readonly ExactJson[] {
    const items: ExactJson[] = [];
    this.list(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  /** Reads from an opening bracket to its closing one. */
  private list(close: string, readItem: () => void): void {
    this.at += 1;
    if (this.take(close)) return;
    do readItem();
    while (this.take(','));
    if (!this.take(close)) throw this.error(`"," or "${close}" is expected`);
  }

  private string(): string {
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    try {
      const content = JSON.parse(this.text.slice(this.at, end + 1)) as string;
      this.at = end + 1;
      return content;
    } catch {
      throw this.error('a string that does not end, or has a bad escape or a control character');
    }
  }

  private take(mark: string): boolean {
    this.match(SPACE);
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private error(reason: string): SyntaxError {
    const lines = this.text.slice(0, this.at).split('\n');
    const column = (lines.at(-1) ?? '').length + 1;
    return new SyntaxError(`${reason} at line ${lines.length}, column ${column}`);
  }
}
