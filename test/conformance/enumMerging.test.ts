import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const spot = {
  name: 'spot',
  typeDefs: `
    enum Asset { BTC ETH DOGE }
    enum Side { BUY SELL SHORT }
    enum Both { ONE TWO }
    type Query { spotAssets: [Asset!]! spot(side: Side!): String both(is: Both): Both }
  `,
  resolvers: {
    Query: {
      spotAssets: () => ['BTC', 'DOGE'],
      spot: (_root: unknown, { side }: { side: string }) => side,
      both: (_root: unknown, { is }: { is?: string }) => is,
    },
  },
};

const futures = {
  name: 'futures',
  typeDefs: `
    enum Asset { BTC ETH XAU }
    enum Side { BUY SELL FLAT }
    enum Both { TWO ONE }
    type Query { futureAsset: Asset future(sides: [Side!] = [SELL]): String alsoBoth(is: Both): Both }
  `,
  resolvers: {
    Query: {
      futureAsset: () => 'XAU',
      future: (_root: unknown, { sides }: { sides: string[] }) => sides.join(),
      alsoBoth: (_root: unknown, { is }: { is?: string }) => is,
    },
  },
};

describe('an enum of several subgraphs', () => {
  const graph = servedGraph(spot, futures);
  const valuesOf = async (name: string) => {
    const { data } = await graph.ask(`{ __type(name: "${name}") { enumValues { name } } }`);
    const { enumValues } = data?.['__type'] as { enumValues: { name: string }[] };
    return enumValues.map((one) => one.name).sort();
  };

  it('has the values of any of them, where it is only answered', async () => {
    expect(await valuesOf('Asset')).toEqual(['BTC', 'DOGE', 'ETH', 'XAU']);
    expect(await graph.ask('{ spotAssets futureAsset }')).toEqual({
      data: { spotAssets: ['BTC', 'DOGE'], futureAsset: 'XAU' },
    });
  });

  it('has the values of all of them, where it is only given', async () => {
    expect(await valuesOf('Side')).toEqual(['BUY', 'SELL']);
    expect(await graph.ask('{ spot(side: BUY) future(sides: [SELL, BUY]) }')).toEqual({
      data: { spot: 'BUY', future: 'SELL,BUY' },
    });
  });

  it('refuses a value that one of them does not take', async () => {
    const literal = await graph.ask('{ spot(side: SHORT) }');
    const variable = await graph.ask('query ($side: Side!) { spot(side: $side) }', {
      side: 'FLAT',
    });

    expect(literal.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(variable.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(graph.asked).toEqual([]);
  });

  it('goes in and comes out where both have the same values', async () => {
    expect(await graph.ask('query ($is: Both = TWO) { both(is: $is) alsoBoth(is: ONE) }')).toEqual({
      data: { both: 'TWO', alsoBoth: 'ONE' },
    });
  });

  it('keeps its default in the subgraph that has it', async () => {
    expect(await graph.ask('{ future }')).toEqual({ data: { future: 'SELL' } });
  });
});

describe('composition', () => {
  it('refuses different values of an enum that is given and answered', () => {
    const one = { name: 'one', typeDefs: 'enum E { A B } type Query { a(e: E): E }' };
    const two = { name: 'two', typeDefs: 'enum E { A C } type Query { b: E }' };

    expect(() => composed(one, two)).toThrow(/"E"/);
  });

  it('refuses a given enum of which no value is common', () => {
    const one = { name: 'one', typeDefs: 'enum E { A } type Query { a(e: E): Int }' };
    const two = { name: 'two', typeDefs: 'enum E { B } type Query { b(e: E): Int }' };

    expect(() => composed(one, two)).toThrow(/"E"/);
  });
});
