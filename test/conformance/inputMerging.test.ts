import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const orders = {
  name: 'orders',
  typeDefs: `
    input Filter { text: String first: Int = 10 onlyOrders: Int and: [Filter!] }
    type Query { orders(by: Filter): String same(at: Int, only: Int): String @shareable }
  `,
  resolvers: {
    Query: {
      orders: (_root: unknown, { by }: { by?: object }) => JSON.stringify(by ?? null),
      same: (_root: unknown, given: object) => JSON.stringify(given),
    },
  },
};

const trades = {
  name: 'trades',
  typeDefs: `
    input Filter { text: String! first: Int = 10 onlyTrades: Int and: [Filter!] }
    type Query { trades(by: Filter!): String same(at: Int!): String @shareable }
  `,
  resolvers: {
    Query: {
      trades: (_root: unknown, { by }: { by: object }) => JSON.stringify(by),
      same: (_root: unknown, given: object) => JSON.stringify(given),
    },
  },
};

describe('an input of several subgraphs', () => {
  const graph = servedGraph(orders, trades);

  it('has the fields that all of them know', async () => {
    const { data } = await graph.ask('{ __type(name: "Filter") { inputFields { name } } }');

    expect(data?.['__type']).toEqual({
      inputFields: [{ name: 'text' }, { name: 'first' }, { name: 'and' }],
    });
  });

  it('refuses a field that one of them does not know', async () => {
    const { errors } = await graph.ask('{ orders(by: { text: "a", onlyOrders: 1 }) }');

    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(graph.asked).toEqual([]);
  });

  it('requires what any of them requires', async () => {
    const { errors } = await graph.ask('query ($by: Filter) { orders(by: $by) }', { by: {} });

    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('goes to each of them, with the defaults that they share', async () => {
    expect(
      await graph.ask('query ($by: Filter!) { orders(by: $by) trades(by: { text: "t" }) }', {
        by: { text: 'o', and: [{ text: 'deep', first: null }] },
      }),
    ).toEqual({
      data: {
        orders: '{"text":"o","first":10,"and":[{"text":"deep","first":null}]}',
        trades: '{"text":"t","first":10}',
      },
    });
  });

  it('as an argument of a shared field is what all of them take, as strictly as any', async () => {
    const missing = await graph.ask('{ same }');
    const unknown = await graph.ask('{ same(at: 1, only: 2) }');

    expect(missing.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(unknown.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await graph.ask('{ same(at: 1) }')).toEqual({ data: { same: '{"at":1}' } });
  });
});

describe('composition', () => {
  it('refuses a required field that another subgraph does not know', () => {
    const one = { name: 'one', typeDefs: 'input I { a: Int b: Int! } type Query { x(i: I): Int }' };
    const two = { name: 'two', typeDefs: 'input I { a: Int } type Query { y(i: I): Int }' };

    expect(() => composed(one, two)).toThrow(/"?I\.b"?/);
  });

  it('refuses fields of different types', () => {
    const one = { name: 'one', typeDefs: 'input I { a: Int } type Query { x(i: I): Int }' };
    const two = { name: 'two', typeDefs: 'input I { a: String } type Query { y(i: I): Int }' };

    expect(() => composed(one, two)).toThrow(/I\.a/);
  });

  it('refuses different defaults', () => {
    const one = { name: 'one', typeDefs: 'input I { a: Int = 1 } type Query { x(i: I): Int }' };
    const two = { name: 'two', typeDefs: 'input I { a: Int = 2 } type Query { y(i: I): Int }' };

    expect(() => composed(one, two)).toThrow(/I\.a/);
  });
});
