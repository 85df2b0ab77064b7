import fc from 'fast-check';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { mergeCopyInto, mergeInto } from '../../../../gateway/execution/mergeData.js';
import { TypeConditions } from '../../../../gateway/execution/typeConditions.js';

const types = new TypeConditions(
  parse('interface Node { id: ID } type User implements Node { id: ID } type Bot { id: ID }'),
);
type Json = Record<string, unknown>;

function merged(target: Json, source: Json): Json {
  mergeInto(target, source, types);
  return target;
}

describe('merging', () => {
  it('adds what is new, below objects and lists that both have', () => {
    const target = { a: 1, list: [{ x: 1 }, null, { x: 3 }], deep: { one: 1 }, grid: [[{ p: 1 }]] };
    const source = {
      b: 2,
      list: [{ y: 1 }, { y: 2 }, { y: 3 }],
      deep: { two: 2 },
      grid: [[{ q: 2 }]],
    };

    expect(merged(target, source)).toEqual({
      a: 1,
      b: 2,
      list: [{ x: 1, y: 1 }, { y: 2 }, { x: 3, y: 3 }],
      deep: { one: 1, two: 2 },
      grid: [[{ p: 1, q: 2 }]],
    });
  });

  it('keeps what is known where another says null', () => {
    expect(merged({ a: { x: 1 }, b: 2, c: null }, { a: null, b: null, c: 3, d: null })).toEqual({
      a: { x: 1 },
      b: 2,
      c: 3,
      d: null,
    });
  });

  it('learns a concrete type, and does not forget it for an interface', () => {
    const typename = (current: string, incoming: string) =>
      merged({ __typename: current }, { __typename: incoming })['__typename'];

    expect([typename('Node', 'User'), typename('User', 'Node'), typename('User', 'User')]).toEqual([
      'User',
      'User',
      'User',
    ]);
  });

  it('takes keys of Object.prototype for data', () => {
    const source = JSON.parse('{"__proto__":{"evil":1},"constructor":{"name":2}}') as Json;
    const target = merged({ toString: null }, source);

    expect(JSON.stringify(target)).toBe(
      '{"toString":null,"__proto__":{"evil":1},"constructor":{"name":2}}',
    );
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    expect(({} as Json)['evil']).toBeUndefined();
  });

  it('shares nothing with what it copies from', () => {
    const source = { list: [{ x: 1 }], deep: { x: 1 } };
    const [first, second]: Json[] = [{}, { deep: {} }];
    for (const target of [first, second]) mergeCopyInto(target as Json, source, types);
    merged(first as Json, { list: [{ x: 2 }], deep: { x: 2 } });

    expect([second, source]).toEqual([
      { list: [{ x: 1 }], deep: { x: 1 } },
      { list: [{ x: 1 }], deep: { x: 1 } },
    ]);
  });

  it('changes nothing when the same answer comes again, whatever its keys', () => {
    const json = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'valueOf')),
      fc.jsonValue({ depthSize: 'small' }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(json, (drawn) => {
        const text = JSON.stringify(drawn);
        const once = merged({}, JSON.parse(text) as Json);
        const twice = merged(merged({}, JSON.parse(text) as Json), JSON.parse(text) as Json);

        expect(JSON.stringify(once)).toBe(text);
        expect(JSON.stringify(twice)).toBe(text);
      }),
    );
  });
});
