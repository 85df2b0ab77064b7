import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const shown = (_root: unknown, given: object) => JSON.stringify(given);

const orders = {
  name: 'orders',
  typeDefs: `
    enum Side { BUY SELL }
    input Order { side: Side! size: Float = 1 legs: [Order!] note: Note }
    input Note { text: String tags: [String] }
    type Account @key(fields: "id") { id: ID! orders(like: Order): String }
    type Query { place(order: Order!, times: Int): String places(orders: [Order!]!): String account(id: ID!): Account }
  `,
  resolvers: {
    Query: {
      place: shown,
      places: shown,
      account: (_root: unknown, { id }: { id: string }) => ({ id }),
    },
    Account: { orders: shown },
  },
};

const risk = {
  name: 'risk',
  typeDefs: `
    enum Side { BUY SELL }
    input Order { side: Side! size: Float = 1 legs: [Order!] note: Note }
    input Note { text: String tags: [String] }
    type Account @key(fields: "id") { id: ID! risk(of: Order, days: Int = 1): String }
  `,
  resolvers: { Account: { risk: shown } },
};

describe('a variable', () => {
  const graph = servedGraph(orders, risk);

  it('stands inside input objects and lists, at any depth', async () => {
    expect(
      await graph.ask(
        `query ($side: Side!, $size: Float, $tag: String, $leg: Order!) {
          place(order: { side: $side, size: $size, note: { tags: [$tag, "b"] }, legs: [$leg, { side: $side }] })
        }`,
        { side: 'SELL', size: 2.5, tag: 'a', leg: { side: 'BUY' } },
      ),
    ).toEqual({
      data: {
        place:
          '{"order":{"side":"SELL","size":2.5,"legs":[{"side":"BUY","size":1},{"side":"SELL","size":1}],"note":{"tags":["a","b"]}}}',
      },
    });
  });

  it('inside an input object that is not given leaves its default', async () => {
    expect(
      await graph.ask('query ($size: Float) { place(order: { side: BUY, size: $size }) }'),
    ).toEqual({
      data: { place: '{"order":{"side":"BUY","size":1}}' },
    });
  });

  it('inside a list that is not given is null', async () => {
    const { data } = await graph.ask(
      'query ($tag: String) { place(order: { side: BUY, note: { tags: [$tag] } }) }',
    );

    expect(data?.['place']).toBe('{"order":{"side":"BUY","size":1,"note":{"tags":[null]}}}');
  });

  it('goes to every subgraph that needs it, and only there', async () => {
    await graph.ask(
      'query ($id: ID!, $of: Order, $days: Int) { account(id: $id) { orders(like: $of) risk(of: $of, days: $days) } }',
      { id: 5, of: { side: 'BUY' }, days: 3 },
    );

    expect(graph.requests.map(({ service, variables }) => ({ service, ...variables }))).toEqual([
      { service: 'orders', id: '5', of: { side: 'BUY', size: 1 } },
      {
        service: 'risk',
        of: { side: 'BUY', size: 1 },
        days: 3,
        representations: [{ __typename: 'Account', id: '5' }],
      },
    ]);
  });

  it('may be called as plans call theirs', async () => {
    expect(
      await graph.ask(
        'query ($representations: Int, $_0_representations: Side!) { account(id: "1") { risk(days: $representations, of: { side: $_0_representations }) } }',
        { representations: 4, _0_representations: 'SELL' },
      ),
    ).toEqual({
      data: { account: { risk: '{"of":{"side":"SELL","size":1},"days":4}' } },
    });
  });

  it('of one item stands for a list of it', async () => {
    expect(
      await graph.ask('query ($o: [Order!]!) { places(orders: $o) }', { o: { side: 'BUY' } }),
    ).toEqual({ data: { places: '{"orders":[{"side":"BUY","size":1}]}' } });
  });

  it('that nobody declared is not passed on', async () => {
    await graph.ask('query ($id: ID!) { account(id: $id) { id } }', { id: 'a', secret: 1 });

    expect(graph.requests[0]?.variables).toEqual({ id: 'a' });
  });

  it.each([
    ['is missing', '$o: Order!', {}],
    ['is null', '$o: Order!', { o: null }],
    ['lacks a required field', '$o: Order!', { o: { size: 1 } }],
    ['has an unknown field', '$o: Order!', { o: { side: 'BUY', price: 1 } }],
    ['has an unknown enum value', '$o: Order!', { o: { side: 'HOLD' } }],
    ['has a wrong value deep inside', '$o: Order!', { o: { side: 'BUY', legs: [{ side: 1 }] } }],
  ])('is refused before anybody is asked when it %s', async (_what, declared, variables) => {
    const { errors } = await graph.ask(`query (${declared}) { place(order: $o) }`, variables);

    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(graph.asked).toEqual([]);
  });
});
