import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JsonNumber,
  parseExactJson,
  type ExactJson,
} from '../../../subgraphs/venues/kit/exactJson.js';

/** What JSON.parse would have made of it. */
function rounded(value: ExactJson): unknown {
  if (value instanceof JsonNumber) return Number(value.source);
  if (Array.isArray(value)) return value.map(rounded);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [key, rounded(item as ExactJson)]));
}

const accepts = (parse: (text: string) => unknown, text: string) => {
  try {
    parse(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return false;
  }
};

describe('parseExactJson', () => {
  it('keeps the digits of every number as they were sent', () => {
    const value = parseExactJson(
      '{"a": [7476.650000000000001, -1e-08], "b": 12345678901234567890}',
    );

    expect(value).toEqual(
      new Map<string, ExactJson>([
        ['a', [new JsonNumber('7476.650000000000001'), new JsonNumber('-1e-08')]],
        ['b', new JsonNumber('12345678901234567890')],
      ]),
    );
  });

  it('leaves numbers inside strings alone, and reads escapes', () => {
    expect(parseExactJson('["1.50", "a\\"2.50\\\\", "\\u20ac\\n"]')).toEqual([
      '1.50',
      'a"2.50\\',
      '€\n',
    ]);
  });

  it('treats __proto__ as a key like any other', () => {
    expect(parseExactJson('{"__proto__": true}')).toEqual(new Map([['__proto__', true]]));
  });

  it.each([
    ['{"size": 1, "size": 2}', 'the key "size" appears twice at line 1, column 19'],
    ['[1,\n 2,]', 'a value is expected at line 2, column 4'],
    ['[1', '"," or "]" is expected at line 1, column 3'],
    ['{"a" 1}', '":" is expected at line 1, column 6'],
    ['{a: 1}', 'a key in quotes is expected at line 1, column 2'],
    ['"open', 'a string that does not end, or has a bad escape or a control character'],
    ['1 2', 'more text after the value at line 1, column 3'],
    ['', 'a value is expected at line 1, column 1'],
    ['['.repeat(100_000), 'nested deeper than 64 levels'],
  ])('refuses %j and says where', (text, message) => {
    expect(() => parseExactJson(text)).toThrow(message);
  });

  it('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        // Through JSON.parse once more, so that both have -0 as 0 and objects of one kind.
        expect(JSON.stringify(rounded(parseExactJson(text)))).toBe(
          JSON.stringify(JSON.parse(text)),
        );
      }),
    );
  });

  it('accepts what JSON.parse accepts, and throws SyntaxError at the rest', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '0', '-', '1.5');
    const more = fc.constantFrom('e3', 'true', 'null', ' ', '01', '.', '+', '\u0001', '"b"', '\n');
    const texts = fc.array(fc.oneof(pieces, more), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!/"([ab])".*"\1"/s.test(text));
        expect(accepts(parseExactJson, text)).toBe(accepts(JSON.parse, text));
      }),
      { numRuns: 3_000 },
    );
  });
});
