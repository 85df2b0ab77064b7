import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const positions = [
  { __typename: 'Spot', id: 's', symbol: 'BTC', asset: 'bitcoin' },
  { __typename: 'Future', id: 'f', symbol: 'BTC-27DEC', expiry: 'December' },
];
const find = (id: string) => positions.find((one) => one.id === id) ?? null;

const owner = {
  name: 'owner',
  typeDefs: `
    interface Position @key(fields: "id") { id: ID! symbol: String! hedge: Position }
    type Spot implements Position @key(fields: "id") {
      id: ID! symbol: String! hedge: Position asset: String
    }
    type Future implements Position @key(fields: "id") {
      id: ID! symbol: String! hedge: Position expiry: String
    }
    type Query { positions: [Position]! }
  `,
  resolvers: {
    Query: { positions: () => [positions[0], null, positions[1]] },
    Position: { __resolveReference: ({ id }: { id: string }) => find(id) },
    Spot: { __resolveReference: ({ id }: { id: string }) => find(id), hedge: () => positions[1] },
    Future: { __resolveReference: ({ id }: { id: string }) => find(id), hedge: () => null },
  },
};

/** Knows one of the types, and not that it has an interface. */
const expiries = {
  name: 'expiries',
  typeDefs: `
    type Future @key(fields: "id") { id: ID! days: Int }
  `,
  resolvers: { Future: { __resolveReference: ({ id }: { id: string }) => ({ id, days: 30 }) } },
};

/** Knows both types, and neither the interface nor each other. */
const prices = {
  name: 'prices',
  typeDefs: `
    type Future @key(fields: "id") { id: ID! price: Int }
    type Spot @key(fields: "id") { id: ID! price: Int }
    union Priced = Spot | Future
    type Query { priced: [Priced!] }
  `,
  resolvers: {
    Query: {
      priced: () => [
        { __typename: 'Future', id: 'f' },
        { __typename: 'Spot', id: 's' },
      ],
    },
    Future: { __resolveReference: (one: object) => one, price: () => 101 },
    Spot: { __resolveReference: (one: object) => one, price: () => 100 },
  },
};

describe('an interface with a key', () => {
  const graph = servedGraph(owner, expiries, prices);

  it('gives fields of its own and of each type', async () => {
    expect(
      await graph.ask(
        '{ positions { symbol ... on Spot { asset } ... on Future { expiry days } } }',
      ),
    ).toEqual({
      data: {
        positions: [
          { symbol: 'BTC', asset: 'bitcoin' },
          null,
          { symbol: 'BTC-27DEC', expiry: 'December', days: 30 },
        ],
      },
    });
  });

  it('is asked about per type where other subgraphs know only the types', async () => {
    expect(
      await graph.ask('{ positions { ... on Spot { price } ... on Future { price } } }'),
    ).toEqual({ data: { positions: [{ price: 100 }, null, { price: 101 }] } });
    expect(graph.asked).toEqual(['owner', 'prices']);
  });

  it('tells the type of its objects under any alias', async () => {
    expect(await graph.ask('{ positions { __typename a: __typename b: __typename } }')).toEqual({
      data: {
        positions: [
          { __typename: 'Spot', a: 'Spot', b: 'Spot' },
          null,
          { __typename: 'Future', a: 'Future', b: 'Future' },
        ],
      },
    });
  });

  it('leads to itself', async () => {
    expect(
      await graph.ask('{ positions { id hedge { symbol ... on Future { days } hedge { id } } } }'),
    ).toEqual({
      data: {
        positions: [
          { id: 's', hedge: { symbol: 'BTC-27DEC', days: 30, hedge: null } },
          null,
          { id: 'f', hedge: null },
        ],
      },
    });
  });

  it('gives its fields to types that another subgraph lists', async () => {
    expect(
      await graph.ask('{ priced { ... on Position { symbol } ... on Future { price } } }'),
    ).toEqual({ data: { priced: [{ symbol: 'BTC-27DEC', price: 101 }, { symbol: 'BTC' }] } });
  });
});

describe('composition', () => {
  it('refuses an interface with a key that one of its types lacks', () => {
    const lacking = {
      name: 'lacking',
      typeDefs: `
        interface I @key(fields: "id") { id: ID! }
        type A implements I { id: ID! }
        type Query { i: I }
      `,
    };

    expect(() => composed(lacking)).toThrow(/"I"/);
  });
});
