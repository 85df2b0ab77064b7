import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFederation, type Federation } from '../../../support/federation.js';

const account = { id: 'a1', name: 'Main', tier: 'GOLD' };

/** `ledger` owns accounts; `risk` takes `limit` over from it and shares `name`. */
const ledger = {
  name: 'ledger',
  typeDefs: `
    enum Tier { SILVER GOLD INTERNAL @inaccessible }
    type Account @key(fields: "id") {
      id: ID!
      name: String! @shareable
      tier: Tier
      limit: Int
      secret: String @inaccessible
    }
    input Filter { tier: Tier note: String @inaccessible }
    type Query {
      account(id: ID!): Account
      accounts(filter: Filter): [Account!]!
    }
  `,
  resolvers: {
    Query: {
      account: (_root: unknown, { id }: { id: string }) =>
        id === 'hidden' ? { ...account, id, tier: 'INTERNAL' } : { ...account, id },
      accounts: (_root: unknown, { filter }: { filter?: { tier?: string } }) =>
        filter?.tier === 'SILVER' ? [] : [account],
    },
    Account: {
      __resolveReference: () => account,
      limit: () => 1,
    },
  },
};

const risk = {
  name: 'risk',
  typeDefs: `
    enum Tier { SILVER GOLD INTERNAL }
    type Account @key(fields: "id") {
      id: ID!
      name: String! @shareable
      limit: Int @override(from: "ledger")
      reviewedAs: Tier
    }
    type Query { riskiest: Account }
  `,
  resolvers: {
    Query: { riskiest: () => ({ id: 'a9', name: 'As risk knows it', reviewedAs: 'SILVER' }) },
    Account: {
      __resolveReference: ({ id }: { id: string }) => ({ id, reviewedAs: 'GOLD' }),
      limit: () => 500,
    },
  },
};

describe('fields that several subgraphs define', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation([ledger, risk]);
  });
  afterEach(() => void federation.requests.splice(0));
  afterAll(() => federation.close());

  it('come from the subgraph that overrides the other', async () => {
    expect(await federation.execute('{ account(id: "a1") { limit } }')).toEqual({
      data: { account: { limit: 500 } },
    });
  });

  it('come from whoever is being asked anyway, when they are shared', async () => {
    expect(await federation.execute('{ riskiest { name } }')).toEqual({
      data: { riskiest: { name: 'As risk knows it' } },
    });
    expect(federation.requests.map(({ service }) => service)).toEqual(['risk']);
  });

  it('are enums of one set of values, sent and received by name', async () => {
    const query = 'query ($filter: Filter) { accounts(filter: $filter) { tier reviewedAs } }';

    expect(await federation.execute(query, { filter: { tier: 'GOLD' } })).toEqual({
      data: { accounts: [{ tier: 'GOLD', reviewedAs: 'GOLD' }] },
    });
    expect(await federation.execute(query, { filter: { tier: 'SILVER' } })).toEqual({
      data: { accounts: [] },
    });
  });

  it('do not show an inaccessible enum value, nor take it', async () => {
    expect(await federation.execute('{ account(id: "hidden") { tier } }')).toEqual({
      data: { account: { tier: null } },
    });
    const { errors } = await federation.execute('{ accounts(filter: { tier: INTERNAL }) { id } }');
    expect(errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('do not show an inaccessible field, nor its existence', async () => {
    const { errors } = await federation.execute('{ account(id: "a1") { secret } }');
    expect(errors?.[0]).toMatchObject({
      message: 'Cannot query field "secret" on type "Account".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });

    const introspected = await federation.execute(`{
      account: __type(name: "Account") { fields { name } }
      tier: __type(name: "Tier") { enumValues { name } }
      __schema { types { name } }
    }`);
    expect(JSON.stringify(introspected)).not.toMatch(/secret|note|INTERNAL|join__|link__/);
    expect(introspected.data).toMatchObject({
      account: { fields: ['id', 'name', 'tier', 'limit', 'reviewedAs'].map(expectName) },
      tier: { enumValues: ['SILVER', 'GOLD'].map(expectName) },
    });
  });
});

const expectName = (name: string) => ({ name });
