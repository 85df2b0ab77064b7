import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GraphQLError } from 'graphql';
import { askerOf } from '../../../../gateway/admission/operationPolicy.js';
import { startFederation, type Federation } from '../../../support/federation.js';

let log: string[] = [];

const note = (entry: string) => {
  log.push(entry);
  return entry;
};

/** Answers later the fewer letters it is given, so that only waiting keeps the order. */
const later = async (entry: string) => {
  for (let turn = entry.length; turn < 20; turn += 1) await new Promise(setImmediate);
  return note(entry);
};

const left = {
  name: 'left',
  typeDefs: `
    type Entry @key(fields: "text") { text: String! length: Int }
    type Query { left: String log: [String!]! }
    type Mutation { writeLeft(text: String!): Entry failLeft: Entry }
  `,
  resolvers: {
    Query: { left: () => 'left', log: () => log },
    Mutation: {
      writeLeft: async (_root: unknown, { text }: { text: string }) => ({
        text: await later(text),
      }),
      failLeft: () => {
        note('fail');
        throw new GraphQLError('No room.', { extensions: { code: 'CONFLICT', pages: 3 } });
      },
    },
    Entry: { length: ({ text }: { text: string }) => text.length },
  },
};

const right = {
  name: 'right',
  typeDefs: `
    type Entry @key(fields: "text") { text: String! shouted: String }
    type Query { right(times: Int = 2, of: [Side!]): String }
    input Side { name: ID! upper: Boolean = true }
    type Mutation { writeRight(text: String!): Entry }
  `,
  resolvers: {
    Query: {
      right: (_root: unknown, { times, of }: { times: number; of?: unknown }) =>
        JSON.stringify({ times, of }),
    },
    Mutation: {
      writeRight: async (_root: unknown, { text }: { text: string }) => ({
        text: await later(text),
      }),
    },
    Entry: {
      __resolveReference: (reference: { text: string }) => ({ ...reference }),
      shouted: ({ text }: { text: string }) => text.toUpperCase(),
    },
  },
};

describe('root fields', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation([left, right]);
  });
  beforeEach(() => {
    log = [];
  });
  afterEach(() => void federation.requests.splice(0));
  afterAll(() => federation.close());

  it('of a mutation run one after the other, over subgraphs and past failures', async () => {
    const result = await federation.execute(`mutation {
      a: writeLeft(text: "one") { shouted }
      b: writeRight(text: "second") { length }
      failLeft { text }
      c: writeLeft(text: "third one") { text }
      __typename
    }`);

    expect(log).toEqual(['one', 'second', 'fail', 'third one']);
    expect(result).toEqual({
      data: {
        a: { shouted: 'ONE' },
        b: { length: 6 },
        failLeft: null,
        c: { text: 'third one' },
        __typename: 'Mutation',
      },
      errors: [
        {
          message: 'No room.',
          path: ['failLeft'],
          extensions: { code: 'CONFLICT', pages: 3, service: 'left' },
        },
      ],
    });
  });

  it('take variables with their defaults, and only those that are given', async () => {
    const query = `query ($times: Int, $of: [Side!] = [{ name: 7 }]) {
      given: right(times: $times, of: $of)
    }`;

    const answers = [
      await federation.execute(query),
      await federation.execute(query, { times: null, of: null }),
      await federation.execute(query, { times: 3, of: [{ name: 'n', upper: false }] }),
    ].map(({ data }) => JSON.parse(data?.['given'] as string) as unknown);

    expect(answers).toEqual([
      { times: 2, of: [{ name: '7', upper: true }] },
      { times: null, of: null },
      { times: 3, of: [{ name: 'n', upper: false }] },
    ]);
  });

  it('refuse variables of the wrong type before any subgraph is asked', async () => {
    const query = 'query ($of: [Side!]) { right(of: $of) }';

    expect(await federation.execute(query, { of: [{ upper: 1 }] })).toMatchObject({
      errors: [
        { extensions: { code: 'BAD_USER_INPUT' }, locations: [{ line: 1, column: 8 }] },
        { extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
    expect(federation.requests).toEqual([]);
  });

  it('that introspect are answered by the gateway, among others or alone', async () => {
    const mixed = await federation.execute(
      `query ($type: String!) {
        ...Mixed
        __typename
        me: __typename
        left
      }
      fragment Mixed on Query {
        __type(name: $type) { name fields { name } }
        side: __type(name: "Side") { inputFields { name defaultValue } }
      }`,
      { type: 'Entry' },
    );

    expect(mixed).toEqual({
      data: {
        __type: {
          name: 'Entry',
          fields: [{ name: 'text' }, { name: 'length' }, { name: 'shouted' }],
        },
        side: {
          inputFields: [
            { name: 'name', defaultValue: null },
            { name: 'upper', defaultValue: 'true' },
          ],
        },
        __typename: 'Query',
        me: 'Query',
        left: 'left',
      },
    });
    expect(federation.requests.map(({ query }) => query)).toEqual(['{left}']);
    federation.requests.splice(0);

    const alone = await federation.execute('{ __typename __schema { mutationType { name } } }');
    expect(alone).toEqual({
      data: { __typename: 'Query', __schema: { mutationType: { name: 'Mutation' } } },
    });
    expect(federation.requests).toEqual([]);
  });

  it('may all be left out by literal conditions', async () => {
    expect(await federation.execute('{ ... @include(if: false) { left } }')).toEqual({ data: {} });
    expect(await federation.execute('{ left @skip(if: true) right @include(if: true) }')).toEqual({
      data: { right: '{"times":2}' },
    });
  });

  it.each([
    ['{ left', 'GRAPHQL_PARSE_FAILED'],
    ['{ nope }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { left } query B { left }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('of %s are refused with %s', async (query, code) => {
    const { errors, data } = await federation.execute(query);

    expect(data).toBeUndefined();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code }]);
  });

  it('are those of the operation that is named', () => {
    const document = 'query A { left } query B { right }';
    const named = ['A', 'B'].map((name) => federation.generation.prepare(document, name));
    const names = named.map((one) => ('errors' in one ? one : one.operation.name?.value));
    expect(names).toEqual(['A', 'B']);

    const unknown = federation.generation.prepare(document, 'C');
    expect('errors' in unknown && unknown.errors[0]?.message).toBe(
      'There is no operation named "C".',
    );
  });

  it('are planned once for all who ask at the same time, and once for later', async () => {
    const prepared = federation.generation.prepare('{ left }');
    if ('errors' in prepared) throw new Error('It cannot be prepared.');
    expect(federation.generation.prepare('{ left }')).toBe(prepared);

    const plan = async () => {
      const admitted = await prepared.admit({}, askerOf({}));
      return 'errors' in admitted ? undefined : admitted.compiled;
    };
    const [first, second] = await Promise.all([plan(), plan()]);
    expect(first).toBeDefined();
    expect([second, await plan()]).toEqual([first, first]);
  });
});
