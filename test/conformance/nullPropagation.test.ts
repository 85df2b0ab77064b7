import { GraphQLError, type ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const refuse = () => {
  throw new GraphQLError('No such account.', { extensions: { code: 'NOT_FOUND' } });
};

const accounts = {
  name: 'accounts',
  typeDefs: `
    type Account @key(fields: "id") {
      id: ID!
      name: String!
      parent: Account
      strictParent: Account!
      children: [Account!]
      slots: [Account]!
      matrix: [[Int!]]
      strictMatrix: [[Int!]!]
    }
    type Query { account(id: ID!): Account strictAccount(id: ID!): Account! accounts: [Account!]! }
  `,
  resolvers: {
    Query: {
      account: (_root: unknown, { id }: { id: string }) => ({ id }),
      strictAccount: (_root: unknown, { id }: { id: string }) => ({ id }),
      accounts: () => [{ id: 'good' }, { id: 'bad' }],
    },
    Account: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => (id === 'nameless' ? refuse() : `Name of ${id}`),
      parent: () => ({ id: 'bad' }),
      strictParent: () => ({ id: 'bad' }),
      children: () => [{ id: 'good' }, { id: 'bad' }],
      slots: () => [{ id: 'good' }, null, { id: 'bad' }],
      matrix: () => [[1], [2, null], null],
      strictMatrix: () => [[1], [null]],
    },
  },
};

/** Refuses what is about `bad`, and does not know `gone`. */
const margin = {
  name: 'margin',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! ratio: Float required: Float! call: Call }
    type Call { amount: Int! due: String }
  `,
  resolvers: {
    Account: {
      __resolveReference: ({ id }: { id: string }) => (id === 'gone' ? null : { id }),
      ratio: ({ id }: { id: string }) => (id === 'bad' ? refuse() : 2),
      required: ({ id }: { id: string }) => (id === 'bad' ? refuse() : 3),
      call: ({ id }: { id: string }) => ({
        amount: id === 'bad' ? refuse : () => 4,
        due: 'now',
      }),
    },
  },
};

const failures = ({ errors = [] }: ExecutionResult) =>
  errors.map(({ path, extensions }) => [path?.join('.'), extensions['code']]);

describe('a null', () => {
  const graph = servedGraph(accounts, margin);

  it('of a nullable field stays there, with its error', async () => {
    const answer = await graph.ask('{ accounts { name ratio } }');

    expect(answer.data).toEqual({
      accounts: [
        { name: 'Name of good', ratio: 2 },
        { name: 'Name of bad', ratio: null },
      ],
    });
    expect(failures(answer)).toEqual([['accounts.1.ratio', 'NOT_FOUND']]);
  });

  it('of a non-null field takes the nearest nullable object', async () => {
    const answer = await graph.ask('{ account(id: "good") { name parent { name required } } }');

    expect(answer.data).toEqual({ account: { name: 'Name of good', parent: null } });
    expect(failures(answer)).toEqual([['account.parent.required', 'NOT_FOUND']]);
  });

  it('goes through several non-null objects', async () => {
    const answer = await graph.ask('{ account(id: "good") { strictParent { required } } }');

    expect(answer.data).toEqual({ account: null });
    expect(failures(answer)).toEqual([['account.strictParent.required', 'NOT_FOUND']]);
  });

  it('goes up to the data as a whole', async () => {
    const answer = await graph.ask('{ strictAccount(id: "bad") { id required } }');

    expect(answer.data).toBeNull();
    expect(failures(answer)).toEqual([['strictAccount.required', 'NOT_FOUND']]);
  });

  it('in a list of non-null items takes the list', async () => {
    expect((await graph.ask('{ account(id: "x") { children { id required } } }')).data).toEqual({
      account: { children: null },
    });
    expect((await graph.ask('{ accounts { required } }')).data).toBeNull();
  });

  it('in a list of nullable items takes the item', async () => {
    const answer = await graph.ask('{ account(id: "x") { slots { id required } } }');

    expect(answer.data).toEqual({
      account: { slots: [{ id: 'good', required: 3 }, null, null] },
    });
    expect(failures(answer)).toEqual([['account.slots.2.required', 'NOT_FOUND']]);
  });

  it('in lists of lists takes as much as its type says', async () => {
    const answer = await graph.ask('{ account(id: "x") { matrix strictMatrix } }');

    expect(answer.data).toEqual({ account: { matrix: [[1], null, null], strictMatrix: null } });
    expect(failures(answer).map(([path]) => path)).toEqual([
      'account.matrix.1.1',
      'account.strictMatrix.1.0',
    ]);
  });

  it('below an object of another subgraph takes that object', async () => {
    const answer = await graph.ask('{ account(id: "bad") { id call { due amount } } }');

    expect(answer.data).toEqual({ account: { id: 'bad', call: null } });
    expect(failures(answer)).toEqual([['account.call.amount', 'NOT_FOUND']]);
  });

  it('for an entity that its subgraph does not know is no error where it may be', async () => {
    expect(await graph.ask('{ account(id: "gone") { name ratio call { due } } }')).toEqual({
      data: { account: { name: 'Name of gone', ratio: null, call: null } },
    });
  });

  it('for an entity that its subgraph does not know is one error where it may not be', async () => {
    const answer = await graph.ask('{ account(id: "gone") { name required } }');

    expect(answer.data).toEqual({ account: null });
    expect(failures(answer)).toEqual([['account.required', 'INTERNAL_SERVER_ERROR']]);
  });

  it('counts at each of its aliases', async () => {
    const answer = await graph.ask('{ a: account(id: "bad") { ratio again: ratio } }');

    expect(answer.data).toEqual({ a: { ratio: null, again: null } });
    expect(failures(answer).sort()).toEqual([
      ['a.again', 'NOT_FOUND'],
      ['a.ratio', 'NOT_FOUND'],
    ]);
  });

  it('is told by the names that the client gave, also where these are names of others', async () => {
    const answer = await graph.ask('{ name: account(id: "x") { id: slots { required: ratio } } }');

    expect(answer.data).toEqual({
      name: { id: [{ required: 2 }, null, { required: null }] },
    });
    expect(failures(answer)).toEqual([['name.id.2.required', 'NOT_FOUND']]);
  });

  it('that the root subgraph reports keeps its own code', async () => {
    const answer = await graph.ask('{ account(id: "nameless") { name } }');

    expect(answer.data).toEqual({ account: null });
    expect(failures(answer)).toEqual([['account.name', 'NOT_FOUND']]);
  });

  it('is not filled with the key, where the client gives the field the name of the key', async () => {
    const answer = await graph.ask('{ account(id: "bad") { id: required } }');

    expect(answer.data).toEqual({ account: null });
    expect(failures(answer)).toEqual([['account.id', 'NOT_FOUND']]);
  });
});
