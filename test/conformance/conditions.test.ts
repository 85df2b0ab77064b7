import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const shop = {
  name: 'shop',
  typeDefs: `
    interface Ware { id: ID! name: String }
    type Tea implements Ware @key(fields: "id") { id: ID! name: String grams: Int }
    type Cup implements Ware @key(fields: "id") { id: ID! name: String color: String }
    type Query { wares: [Ware!]! tea: Tea count(of: String = "all"): String }
    type Mutation { sell: Int count: Int }
  `,
  resolvers: {
    Query: {
      wares: () => [
        { __typename: 'Tea', id: 't', name: 'Assam', grams: 100 },
        { __typename: 'Cup', id: 'c', name: 'Mug', color: 'red' },
      ],
      tea: () => ({ id: 't', name: 'Assam', grams: 100 }),
      count: (_root: unknown, { of }: { of: string }) => of,
    },
    Mutation: { sell: () => 1, count: () => 2 },
  },
};

const stock = {
  name: 'stock',
  typeDefs: `
    type Tea @key(fields: "id") { id: ID! left: Int from: Place }
    type Cup @key(fields: "id") { id: ID! left: Int }
    type Place { town: String depot: Int }
  `,
  resolvers: {
    Tea: { left: () => 7, from: () => ({ town: 'Basel', depot: 3 }) },
    Cup: { left: () => 1 },
  },
};

describe('@skip and @include', () => {
  const graph = servedGraph(shop, stock);

  it('leave out root fields, and ask nobody for them', async () => {
    const query =
      'query ($yes: Boolean!) { tea @skip(if: $yes) { left } count @include(if: $yes) }';

    expect(await graph.ask(query, { yes: true })).toEqual({ data: { count: 'all' } });
    expect(graph.asked).toEqual(['shop']);
    expect(await graph.ask(query, { yes: false })).toEqual({ data: { tea: { left: 7 } } });
  });

  it('leave out everything, and then nobody is asked', async () => {
    expect(
      await graph.ask('query ($no: Boolean!) { tea @include(if: $no) { id } }', { no: false }),
    ).toEqual({ data: {} });
    expect(graph.asked).toEqual([]);
  });

  it('leave an object that was asked nothing', async () => {
    expect(
      await graph.ask('query ($no: Boolean = false) { tea { from { town @include(if: $no) } } }'),
    ).toEqual({ data: { tea: { from: {} } } });
  });

  it('count together when both are there', async () => {
    const query = `query ($a: Boolean!, $b: Boolean!) {
      tea { name @include(if: $a) @skip(if: $b) grams @skip(if: $b) @include(if: $a) id }
    }`;
    const of = async (a: boolean, b: boolean) => (await graph.ask(query, { a, b })).data?.['tea'];

    expect(await of(true, false)).toEqual({ name: 'Assam', grams: 100, id: 't' });
    expect(await of(true, true)).toEqual({ id: 't' });
    expect(await of(false, false)).toEqual({ id: 't' });
    expect(await of(false, true)).toEqual({ id: 't' });
  });

  it('stand on inline fragments, with and without a type', async () => {
    const query = `query ($a: Boolean!) {
      wares { ... on Tea @include(if: $a) { grams } ... @skip(if: $a) { name } }
    }`;

    expect((await graph.ask(query, { a: true })).data).toEqual({ wares: [{ grams: 100 }, {}] });
    expect((await graph.ask(query, { a: false })).data).toEqual({
      wares: [{ name: 'Assam' }, { name: 'Mug' }],
    });
  });

  it('stand on each of two spreads of one fragment', async () => {
    const query = `
      query ($a: Boolean!, $b: Boolean!) { tea { ...T @include(if: $a) from { town } ...T @include(if: $b) } }
      fragment T on Tea { left from { depot } }
    `;
    const whole = { left: 7, from: { town: 'Basel', depot: 3 } };

    expect((await graph.ask(query, { a: true, b: false })).data).toEqual({ tea: whole });
    expect((await graph.ask(query, { a: false, b: true })).data).toEqual({ tea: whole });
    expect((await graph.ask(query, { a: false, b: false })).data).toEqual({
      tea: { from: { town: 'Basel' } },
    });
  });

  it('stand inside a fragment that is spread under others', async () => {
    const query = `
      query ($a: Boolean!, $b: Boolean!) { wares { ...W @include(if: $a) } again: wares { ...W } }
      fragment W on Ware { name @include(if: $b) ... on Cup @skip(if: $b) { left } }
    `;

    expect((await graph.ask(query, { a: false, b: true })).data).toEqual({
      wares: [{}, {}],
      again: [{ name: 'Assam' }, { name: 'Mug' }],
    });
    expect((await graph.ask(query, { a: true, b: false })).data).toEqual({
      wares: [{}, { left: 1 }],
      again: [{}, { left: 1 }],
    });
  });

  it('are nested, and the outer one decides first', async () => {
    const query = `query ($a: Boolean!, $b: Boolean!) {
      tea { from @include(if: $a) { town depot @include(if: $b) } left @skip(if: $a) }
    }`;

    expect((await graph.ask(query, { a: true, b: false })).data).toEqual({
      tea: { from: { town: 'Basel' } },
    });
    expect((await graph.ask(query, { a: false, b: true })).data).toEqual({ tea: { left: 7 } });
  });

  it('keep a field of which one occurrence is in', async () => {
    const query = `query ($a: Boolean!) {
      tea { from { town } from @include(if: $a) { depot } left @include(if: $a) left @skip(if: $a) }
    }`;

    expect((await graph.ask(query, { a: false })).data).toEqual({
      tea: { from: { town: 'Basel' }, left: 7 },
    });
    expect((await graph.ask(query, { a: true })).data).toEqual({
      tea: { from: { town: 'Basel', depot: 3 }, left: 7 },
    });
  });

  it('stand on __typename, under an alias too', async () => {
    const query =
      'query ($a: Boolean!) { __typename @skip(if: $a) tea { kind: __typename @include(if: $a) } }';

    expect((await graph.ask(query, { a: true })).data).toEqual({ tea: { kind: 'Tea' } });
    expect((await graph.ask(query, { a: false })).data).toEqual({ __typename: 'Query', tea: {} });
  });

  it('decide with literals as with variables', async () => {
    expect(
      (
        await graph.ask(
          '{ tea { name @skip(if: true) grams @include(if: true) } count @skip(if: false) }',
        )
      ).data,
    ).toEqual({ tea: { grams: 100 }, count: 'all' });
  });

  it('spare a mutation that is left out', async () => {
    const query = 'mutation ($sell: Boolean!) { sell @include(if: $sell) count }';

    expect(await graph.ask(query, { sell: false })).toEqual({ data: { count: 2 } });
    expect(graph.requests[0]?.query).not.toContain('sell');
  });

  it('may use the variable that an argument uses', async () => {
    const query =
      'query ($on: Boolean!, $of: String) { count(of: $of) @include(if: $on) __typename }';

    expect((await graph.ask(query, { on: true, of: 'tea' })).data).toEqual({
      count: 'tea',
      __typename: 'Query',
    });
    expect((await graph.ask(query, { on: true })).data).toMatchObject({ count: 'all' });
    expect((await graph.ask(query, { on: false })).data).toEqual({ __typename: 'Query' });
  });

  it('refuse a variable that is missing or null', async () => {
    const query = 'query ($a: Boolean!) { tea { id @skip(if: $a) } }';

    for (const variables of [{}, { a: null }]) {
      const { errors } = await graph.ask(query, variables);
      expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    }
  });
});
