import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const anything = new GraphQLScalarType({
  name: 'Json',
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

const shown = (_root: unknown, given: object) => JSON.stringify(given);

const values = {
  name: 'values',
  typeDefs: `
    scalar Json
    scalar Day
    enum Size { SMALL LARGE }
    input Inner { n: Int = 7 sizes: [Size!] = [LARGE] deep: Inner }
    input Outer { inner: Inner = { n: 1 } json: Json day: Day = "today" required: Int! = 3 }
    type Thing @key(fields: "id") { id: ID! json: Json }
    type Query {
      json(value: Json): Json
      defaults(a: Int = 1 b: String = "x\\"y" c: [Int!] = [1, 2] d: Size = SMALL e: Outer = {} f: Float = 1.5): String
      text(value: String!): String
      outer(value: Outer!): String
      lists(one: [Int] two: [[Int!]!]): String
      numbers(int: Int float: Float id: ID): String
      thing: Thing
    }
  `,
  resolvers: {
    Json: anything,
    Query: {
      json: (_root: unknown, { value }: { value: unknown }) => value,
      defaults: shown,
      text: (_root: unknown, { value }: { value: string }) => value,
      outer: shown,
      lists: shown,
      numbers: shown,
      thing: () => ({ id: 't', json: { __typename: 'Trap', id: 'other', nested: [{ a: null }] } }),
    },
  },
};

const reader = {
  name: 'reader',
  typeDefs: `
    scalar Json
    type Thing @key(fields: "id") {
      id: ID!
      json: Json @external
      read: String @requires(fields: "json")
      at(day: Day, of: [Size!] = [SMALL]): String
    }
    scalar Day
    enum Size { SMALL LARGE }
  `,
  resolvers: {
    Json: anything,
    Thing: {
      read: ({ json }: { json: unknown }) => JSON.stringify(json),
      at: shown,
    },
  },
};

describe('a custom scalar', () => {
  const graph = servedGraph(values, reader);
  const value = { a: [1, 'two', null, { b: false }], __typename: 'Trap', '': 0 };

  it('holds anything, in variables and in answers', async () => {
    for (const one of [value, [value], 'text', 1.5, true, null, []]) {
      expect(await graph.ask('query ($v: Json) { json(value: $v) }', { v: one })).toEqual({
        data: { json: one },
      });
    }
  });

  it('holds anything in literals, with variables inside', async () => {
    expect(
      await graph.ask(
        'query ($x: Int) { json(value: { a: [1, "two", null, { b: $x }], e: ENUM }) }',
        {
          x: 5,
        },
      ),
    ).toEqual({ data: { json: { a: [1, 'two', null, { b: 5 }], e: 'ENUM' } } });
  });

  it('goes to other subgraphs as it came, though it looks like an entity', async () => {
    expect(await graph.ask('{ thing { read json } }')).toEqual({
      data: {
        thing: {
          read: '{"__typename":"Trap","id":"other","nested":[{"a":null}]}',
          json: { __typename: 'Trap', id: 'other', nested: [{ a: null }] },
        },
      },
    });
  });

  it('goes as an argument to a subgraph further on', async () => {
    expect(
      await graph.ask('query ($d: Day) { thing { a: at(day: $d) b: at(day: "now", of: LARGE) } }', {
        d: 'then',
      }),
    ).toEqual({
      data: {
        thing: { a: '{"day":"then","of":["SMALL"]}', b: '{"day":"now","of":["LARGE"]}' },
      },
    });
  });
});

describe('a default value', () => {
  const graph = servedGraph(values, reader);
  const all =
    '{"a":1,"b":"x\\"y","c":[1,2],"d":"SMALL","e":{"inner":{"n":1,"sizes":["LARGE"]},"day":"today","required":3},"f":1.5}';

  it('of an argument counts where it is left out', async () => {
    expect(await graph.ask('{ defaults }')).toEqual({ data: { defaults: all } });
  });

  it('of an argument counts where its variable is left out', async () => {
    expect(await graph.ask('query ($a: Int, $e: Outer) { defaults(a: $a, e: $e) }')).toEqual({
      data: { defaults: all },
    });
  });

  it('of an argument does not count where null is given', async () => {
    const { data } = await graph.ask('query ($a: Int) { defaults(a: $a, c: null) }', { a: null });

    expect(JSON.parse(String(data?.['defaults']))).toMatchObject({ a: null, c: null, d: 'SMALL' });
  });

  it('of a variable counts before that of the argument', async () => {
    const { data } = await graph.ask(
      'query ($a: Int = 9, $d: Size = LARGE) { defaults(a: $a, d: $d) }',
    );

    expect(JSON.parse(String(data?.['defaults']))).toMatchObject({ a: 9, d: 'LARGE' });
  });

  it('of an input field counts at any depth', async () => {
    const expected = {
      value: {
        inner: { n: 7, sizes: ['LARGE'], deep: { n: 2, sizes: ['LARGE'] } },
        day: 'today',
        required: 3,
      },
    };
    const literal = await graph.ask('{ outer(value: { inner: { deep: { n: 2 } } }) }');
    const variable = await graph.ask('query ($v: Outer!) { outer(value: $v) }', {
      v: { inner: { deep: { n: 2 } } },
    });

    expect(JSON.parse(String(literal.data?.['outer']))).toEqual(expected);
    expect(JSON.parse(String(variable.data?.['outer']))).toEqual(expected);
  });
});

describe('a literal', () => {
  const graph = servedGraph(values, reader);

  it.each([
    ['quotes and backslashes', String.raw`"a \"b\" \\ \/ c"`, 'a "b" \\ / c'],
    ['control characters', String.raw`"a\tb\nc\r\b\f"`, 'a\tb\nc\r\b\f'],
    ['escaped characters', String.raw`"\u00e9 \u{1F600} \uD83D\uDE00"`, 'é 😀 😀'],
    ['plain characters of any language', '"é 漢字 😀"', 'é 漢字 😀'],
    ['blocks', '"""\n      a\n        "b" \\ \n      c\n    """', 'a\n  "b" \\ \nc'],
    ['blocks with quotes', '"""a \\""" b"""', 'a """ b'],
    ['nothing', '""', ''],
    ['what looks like a variable', '"$a {b} # c"', '$a {b} # c'],
  ])('of text may hold %s', async (_what, literal, expected) => {
    expect(await graph.ask(`{ text(value: ${literal}) }`)).toEqual({ data: { text: expected } });
  });

  it('of one item stands for a list of it', async () => {
    expect(await graph.ask('{ lists(one: 1, two: [[2], [3, 4]]) }')).toEqual({
      data: { lists: '{"one":[1],"two":[[2],[3,4]]}' },
    });
  });

  it('of a number keeps its value', async () => {
    expect(
      await graph.ask(
        '{ a: numbers(int: -2147483648, float: 1e-7, id: 123456789012345678) b: numbers(float: -0.5, id: "x") }',
      ),
    ).toEqual({
      data: {
        a: '{"int":-2147483648,"float":1e-7,"id":"123456789012345678"}',
        b: '{"float":-0.5,"id":"x"}',
      },
    });
  });

  it('of a whole number beyond 64 bits is refused, and not rounded', async () => {
    const { data, errors } = await graph.ask('{ numbers(id: 12345678901234567890) }');

    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions['code']).toBe('QUERY_PLANNING_FAILED');
  });
});
