import { GraphQLError } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

/** What has been done, by all subgraphs, in the order of doing. */
const done: string[] = [];
const balances = new Map<string, number>();

const does = async (what: string) => {
  // Whoever does not wait for the one before would be done first.
  await new Promise((resolve) => setImmediate(resolve));
  done.push(what);
};

const bank = {
  name: 'bank',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! balance: Int! }
    type Query { account(id: ID!): Account }
    type Mutation {
      pay(to: ID!, amount: Int! = 1): Account!
      close(id: ID!): Account
    }
  `,
  resolvers: {
    Query: { account: (_root: unknown, { id }: { id: string }) => ({ id }) },
    Mutation: {
      pay: async (_root: unknown, { to, amount }: { to: string; amount: number }) => {
        await does(`pay ${to} ${amount}`);
        balances.set(to, (balances.get(to) ?? 0) + amount);
        return { id: to, balance: balances.get(to) };
      },
      close: async (_root: unknown, { id }: { id: string }) => {
        await does(`close ${id}`);
        throw new GraphQLError('Not empty.', { extensions: { code: 'CONFLICT' } });
      },
    },
    Account: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      balance: ({ id }: { id: string }) => balances.get(id) ?? 0,
    },
  },
};

const mail = {
  name: 'mail',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! letters: Int balance: Int! @external
      statement: String @requires(fields: "balance") }
    type Mutation { write(to: ID!): Account! }
  `,
  resolvers: {
    Mutation: {
      write: async (_root: unknown, { to }: { to: string }) => {
        await does(`write ${to}`);
        return { id: to };
      },
    },
    Account: {
      letters: async ({ id }: { id: string }) => {
        await does(`count ${id}`);
        return done.filter((one) => one === `write ${id}`).length;
      },
      statement: ({ balance }: { balance: number }) => `You have ${balance}.`,
    },
  },
};

describe('a mutation', () => {
  const graph = servedGraph(bank, mail);
  beforeEach(() => {
    done.length = 0;
    balances.clear();
  });

  it('does its fields in sequence, over subgraphs', async () => {
    await graph.ask(`mutation {
      a: write(to: "x") { id } b: pay(to: "x") { id } c: pay(to: "y") { id } d: write(to: "y") { id }
    }`);

    expect(done).toEqual(['write x', 'pay x 1', 'pay y 1', 'write y']);
  });

  it('answers in the order in which it was asked', async () => {
    const { data } = await graph.ask(
      'mutation { z: pay(to: "x") { id } a: write(to: "x") { id } m: pay(to: "y") { id } }',
    );

    expect(Object.keys(data ?? {})).toEqual(['z', 'a', 'm']);
  });

  it('shows what each field has left, for later ones change it', async () => {
    expect(
      await graph.ask(
        'mutation { a: pay(to: "x") { balance } b: pay(to: "x", amount: 4) { balance } }',
      ),
    ).toEqual({ data: { a: { balance: 1 }, b: { balance: 5 } } });
  });

  it('ends a field with all that other subgraphs add, before the next one begins', async () => {
    await graph.ask('mutation { a: pay(to: "x") { letters } b: pay(to: "y") { letters } }');

    expect(done).toEqual(['pay x 1', 'count x', 'pay y 1', 'count y']);
  });

  it('fetches fields of other subgraphs from what it answered', async () => {
    expect(
      await graph.ask('mutation { pay(to: "x", amount: 3) { balance letters statement } }'),
    ).toEqual({
      data: { pay: { balance: 3, letters: 0, statement: 'You have 3.' } },
    });
    expect(graph.asked).toEqual(['bank', 'mail']);
  });

  it('may lead back to the subgraph that another began in', async () => {
    expect(await graph.ask('mutation { write(to: "x") { letters statement balance } }')).toEqual({
      data: { write: { letters: 1, statement: 'You have 0.', balance: 0 } },
    });
  });

  it('goes on after a field that failed', async () => {
    const answer = await graph.ask('mutation { close(id: "x") { id } write(to: "x") { id } }');

    expect(answer.data).toEqual({ close: null, write: { id: 'x' } });
    expect(answer.errors).toMatchObject([{ path: ['close'], extensions: { code: 'CONFLICT' } }]);
    expect(done).toEqual(['close x', 'write x']);
  });

  it('takes fields from fragments, once each', async () => {
    expect(
      await graph.ask(
        `
        mutation ($to: ID!) { ...P ... on Mutation { pay(to: $to) { letters } } }
        fragment P on Mutation { pay(to: $to) { balance } }
      `,
        { to: 'x' },
      ),
    ).toEqual({ data: { pay: { balance: 1, letters: 0 } } });
    expect(done).toEqual(['pay x 1', 'count x']);
  });

  it('is not done at all where a variable is wrong', async () => {
    await graph.ask(
      'mutation ($n: Int!) { write(to: "x") { id } pay(to: "x", amount: $n) { id } }',
      {
        n: 'many',
      },
    );

    expect(done).toEqual([]);
  });

  it('is no field of a query', async () => {
    const { errors } = await graph.ask('query { pay(to: "x") { id } }');

    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(done).toEqual([]);
  });
});
