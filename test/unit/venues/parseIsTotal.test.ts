import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../subgraphs/venues/kit/refusal.js';
import { accountsOf, formats, parsed, recorded, type Venue } from './book.js';

const venues = Object.keys(formats) as Venue[];
const accounts = fc.constantFrom(
  ...venues.flatMap((venue) => accountsOf(venue).map((accountId) => ({ venue, accountId }))),
);

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '',
    '0',
    '-1',
    '1e5',
    '-0',
    '99999999999999999999',
    'BTC',
    'Buy',
    'long',
  ),
  fc.constantFrom<unknown>(
    0,
    -1,
    1e-18,
    1e19,
    1.5,
    null,
    [],
    {},
    true,
    'NaN',
    '0.000000000000000001',
  ),
);

/** Follows the numbers into the document and replaces or removes what is there. */
function mutate(document: unknown, steps: readonly number[], value: unknown, isRemoval: boolean) {
  let node = document as Record<string, unknown>;
  for (const [depth, step] of steps.entries()) {
    const keys = Object.keys(node);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return;
    const child = node[key];
    const isLeaf = typeof child !== 'object' || child === null;
    if (isLeaf || depth === steps.length - 1) {
      if (isRemoval) Reflect.deleteProperty(node, key);
      else node[key] = value;
      return;
    }
    node = child as Record<string, unknown>;
  }
}

/** Throws what the parser throws unless it is a Refusal; checks a state's notation. */
function expectStateOrRefusal(venue: Venue, raw: Map<string, string>, accountId: string) {
  try {
    const text = JSON.stringify(parsed(venue, raw, accountId).positions);
    expect(text).not.toMatch(/"(?:size|entryPrice|markPrice)":"(?!-?\d{1,20}(?:\.\d{1,18})?")/);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error).toMatchObject({ venue, path: expect.stringMatching(/^[a-z_]+/) as string });
  }
}

describe('parseAccount, for any change to any response', () => {
  it('gives a state or a Refusal, and throws nothing else, when values change or go', () => {
    const steps = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 7 });
    const edits = fc.array(fc.tuple(fc.nat(), steps, values, fc.boolean()), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(accounts, edits, ({ venue, accountId }, changes) => {
        const raw = recorded(venue, accountId);
        const names = [...raw.keys()];
        for (const [which, path, value, isRemoval] of changes) {
          const name = names[which % names.length] ?? '';
          const document: unknown = JSON.parse(raw.get(name) ?? '');
          mutate(document, path, value, isRemoval);
          raw.set(name, JSON.stringify(document));
        }
        expectStateOrRefusal(venue, raw, accountId);
      }),
      { numRuns: 1_500 },
    );
  });

  it('gives a state or a Refusal, and throws nothing else, when text is damaged', () => {
    const damages = fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 40 }), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(accounts, damages, ({ venue, accountId }, [which, at, length, put]) => {
        const raw = recorded(venue, accountId);
        const [name, text] = [...raw][which % raw.size] ?? ['', ''];
        const start = at % text.length;
        raw.set(name, text.slice(0, start) + put + text.slice(start + length));
        expectStateOrRefusal(venue, raw, accountId);
      }),
      { numRuns: 500 },
    );
  });
});
