import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../gateway/admission/limits/operationLimits.js';
import {
  exceededLimit,
  operationMeasures,
} from '../../../../gateway/admission/limits/operationMeasures.js';

function measuresOf(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('It has several operations.');
  return operationMeasures(document, operation);
}

const NOTHING = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };

describe('operationMeasures', () => {
  it('counts levels of fields, and nothing for the fragments around them', () => {
    expect(measuresOf('{ a { ... { b { ...F } } } } fragment F on T { c }')).toEqual({
      ...NOTHING,
      depth: 3,
      rootFields: 1,
    });
  });

  it('counts a fragment as often as it is used', () => {
    const text = '{ a { ...F } b { ...F } } fragment F on T { x: c @include(if: true) y: c }';
    expect(measuresOf(text)).toEqual({ depth: 2, aliases: 4, rootFields: 2, directives: 2 });
  });

  it('counts root fields through fragments, but not what is below them', () => {
    expect(measuresOf('{ ...R ... { c } } fragment R on Query { a { x y } b }')).toMatchObject({
      rootFields: 3,
    });
  });

  it('counts directives on the operation, on spreads and on inline fragments', () => {
    const text =
      'query @a { ...F @skip(if: false) ... @include(if: true) { b } } fragment F on Query { c }';
    expect(measuresOf(text)).toMatchObject({ directives: 3 });
  });

  it('leaves the depth of introspection to the rule that bounds it', () => {
    expect(measuresOf('{ __schema { types { fields { name } } } }')).toMatchObject({ depth: 1 });
  });

  it('takes the time of the text for fragments that multiply beyond all numbers', () => {
    const levels = Array.from(
      { length: 400 },
      (_, level) =>
        `fragment F${level} on T { x: a { ...F${level + 1} } y: a { ...F${level + 1} } }`,
    );
    const text = `{ a { ...F0 } } ${levels.join('\n')} fragment F400 on T { b }`;
    expect(measuresOf(text)).toMatchObject({ aliases: 2 ** 401 - 2, depth: 402 });
  });

  it('stops counting where the levels would fill the stack', () => {
    const levels = Array.from(
      { length: 2_000 },
      (_, level) => `fragment F${level} on T { a { ...F${level + 1} } }`,
    );
    const deep = `{ ...F0 } ${levels.join('\n')} fragment F2000 on T { b }`;
    expect(measuresOf(deep)).toMatchObject({ depth: Infinity });
  });

  it('comes to an end where fragments contain themselves', () => {
    const text = '{ ...F } fragment F on Query { a { ...G } } fragment G on T { b: c { ...F } }';
    expect(measuresOf(text)).toMatchObject({ depth: 2, aliases: 1 });
  });
});

describe('exceededLimit', () => {
  const limits = { ...DEFAULT_LIMITS, depth: 3, aliases: 2, rootFields: 2, directives: 1 };

  it.each([
    ['depth', { ...NOTHING, depth: 3 }, { ...NOTHING, depth: 4 }],
    ['aliases', { ...NOTHING, aliases: 2 }, { ...NOTHING, aliases: 3 }],
    ['rootFields', { ...NOTHING, rootFields: 2 }, { ...NOTHING, rootFields: 3 }],
    ['directives', { ...NOTHING, directives: 1 }, { ...NOTHING, directives: 2 }],
  ] as const)(
    'takes %s at the limit and refuses one more, by name and value',
    (limit, at, over) => {
      expect(exceededLimit(at, limits)).toBeUndefined();
      expect(exceededLimit(over, limits)?.extensions).toEqual({
        code: 'OPERATION_TOO_COSTLY',
        limit,
        max: limits[limit],
        found: over[limit],
      });
    },
  );
});
