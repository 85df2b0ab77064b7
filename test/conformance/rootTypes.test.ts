import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const one = {
  name: 'one',
  typeDefs: `
    schema { query: Reads mutation: Writes subscription: Watches }
    type Reads { one: Int thing: Thing }
    type Writes { setOne(to: Int!): Int }
    type Watches { ones: Thing }
    type Thing @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Reads: { one: () => 1, thing: () => ({ id: 't' }) },
    Writes: { setOne: (_root: unknown, { to }: { to: number }) => to },
    Watches: {
      ones: {
        subscribe: async function* () {
          yield await Promise.resolve({ ones: { id: 't' } });
        },
      },
    },
  },
};

const two = {
  name: 'two',
  typeDefs: `
    schema { query: RootQuery mutation: Mutation }
    type RootQuery { two: Int }
    type Mutation { setTwo(to: Int!): Int }
    type Thing @key(fields: "id") { id: ID! size: Int }
  `,
  resolvers: {
    RootQuery: { two: () => 2 },
    Mutation: { setTwo: (_root: unknown, { to }: { to: number }) => to },
    Thing: { size: () => 9 },
  },
};

/** Under the usual names. */
const three = {
  name: 'three',
  typeDefs: `
    extend type Query { three: Int }
  `,
  resolvers: {
    Query: { three: () => 3 },
  },
};

describe('root types of subgraphs', () => {
  const graph = servedGraph(one, two, three);

  it('are one for clients, whatever they are called', async () => {
    expect(await graph.ask('{ one two three __typename }')).toEqual({
      data: { one: 1, two: 2, three: 3, __typename: 'Query' },
    });
    expect([...graph.asked].sort()).toEqual(['one', 'three', 'two']);
  });

  it('are one for mutations as well', async () => {
    expect(await graph.ask('mutation { setTwo(to: 5) setOne(to: 4) __typename }')).toEqual({
      data: { setTwo: 5, setOne: 4, __typename: 'Mutation' },
    });
  });

  it('are one for subscriptions', async () => {
    expect(await graph.eventsOf('subscription { ones { id size } }')).toEqual([
      { ones: { id: 't', size: 9 } },
    ]);
  });

  it('have their usual names in fragments and introspection', async () => {
    expect(
      await graph.ask('{ ...R __schema { queryType { name } } } fragment R on Query { one }'),
    ).toEqual({ data: { one: 1, __schema: { queryType: { name: 'Query' } } } });
  });
});

describe('composition', () => {
  it('refuses a field that leads back to the root, where another subgraph has root fields', () => {
    const self = { name: 'self', typeDefs: 'type Query { self: Query }' };
    const other = { name: 'other', typeDefs: 'type Query { other: Int }' };

    expect(() => composed(self, other)).toThrow(
      /cannot move to subgraph "other", which has field "Query.other"/,
    );
  });

  it('refuses a field that leads back to a root with a name of its own', () => {
    const self = { name: 'self', typeDefs: 'schema { query: Reads } type Reads { self: Reads }' };

    expect(() => composed(self)).toThrow(/Reads/);
  });
});
