import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const vault = {
  name: 'vault',
  typeDefs: `
    type Account @key(fields: "id") @key(fields: "serial") {
      id: ID!
      serial: ID! @inaccessible
      kind: Kind
      kinds: [Kind!]
      strictKind: Kind!
      ledger: Ledger @inaccessible
      owner: Owner
    }
    type Ledger @inaccessible { rows: Int }
    interface Owner { name: String }
    type Person implements Owner { name: String }
    type Ghost implements Owner @inaccessible { name: String }
    enum Kind { CASH MARGIN PROBE @inaccessible }
    input Search { text: String  depth: Int = 3 @inaccessible }
    type Query {
      account(kind: Kind, raw: Boolean @inaccessible): Account
      search(by: Search!): String
      secret: String @inaccessible
    }
  `,
  resolvers: {
    Query: {
      account: (_root: unknown, { kind, raw }: { kind?: string; raw?: boolean }) => ({
        id: raw === undefined ? 'a1' : 'raw',
        serial: 's1',
        kind: kind ?? 'PROBE',
        kinds: ['CASH', 'PROBE'],
        strictKind: kind ?? 'PROBE',
        owner: { __typename: kind === 'CASH' ? 'Person' : 'Ghost', name: 'N' },
      }),
      search: (_root: unknown, { by }: { by: object }) => JSON.stringify(by),
      secret: () => 'secret',
    },
  },
};

/** Knows accounts by what clients do not see. */
const audit = {
  name: 'audit',
  typeDefs: `
    type Account @key(fields: "serial") {
      serial: ID!
      trail: String @requires(fields: "ledger { rows }")
      ledger: Ledger @external
      seen: Int
    }
    type Ledger { rows: Int @external }
  `,
  resolvers: {
    Account: {
      __resolveReference: (told: object) => told,
      trail: ({ ledger }: { ledger?: { rows: number } }) => `${ledger?.rows ?? 'no'} rows`,
      seen: () => 1,
    },
  },
};

const vaultWithLedger = {
  ...vault,
  resolvers: { ...vault.resolvers, Account: { ledger: () => ({ rows: 7 }) } },
};

const codeOf = ({ errors }: { errors?: readonly { extensions: { code?: unknown } }[] }) =>
  errors?.[0]?.extensions.code;

describe('what is inaccessible', () => {
  const graph = servedGraph(vaultWithLedger, audit);

  it.each([
    ['a field', '{ account { serial } }'],
    ['a root field', '{ secret }'],
    ['a type', '{ account { ... on Ghost { name } } }'],
    ['a field of an inaccessible type', '{ account { ledger { rows } } }'],
    ['an enum value', '{ account(kind: PROBE) { id } }'],
    ['an argument', '{ account(raw: true) { id } }'],
    ['an input field', '{ search(by: { depth: 1 }) }'],
  ])('is refused in an operation: %s', async (_what, query) => {
    const answer = await graph.ask(query);

    expect(codeOf(answer as never)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(graph.asked).toEqual([]);
  });

  it.each([
    ['an enum value', 'query ($kind: Kind) { account(kind: $kind) { id } }', { kind: 'PROBE' }],
    ['an input field', 'query ($by: Search!) { search(by: $by) }', { by: { depth: 1 } }],
  ])('is refused in a variable: %s', async (_what, query, variables) => {
    const answer = await graph.ask(query, variables);

    expect(codeOf(answer as never)).toBe('BAD_USER_INPUT');
    expect(graph.asked).toEqual([]);
  });

  it('is named in no refusal as a suggestion', async () => {
    const { errors } = await graph.ask('{ account { seria } secre }');

    expect(JSON.stringify(errors)).not.toMatch(/serial|secret/);
  });

  it('still identifies entities between subgraphs', async () => {
    expect(await graph.ask('{ account { seen } }')).toEqual({ data: { account: { seen: 1 } } });
    expect(graph.representations).toEqual([{ __typename: 'Account', serial: 's1' }]);
  });

  it('still serves fields that require it', async () => {
    expect(await graph.ask('{ account { trail } }')).toEqual({
      data: { account: { trail: '7 rows' } },
    });
  });

  it('is not mixed up with a field that the client calls by its name', async () => {
    expect(await graph.ask('{ account { serial: id ledger: kind trail } }')).toEqual({
      data: { account: { serial: 'a1', ledger: null, trail: '7 rows' } },
    });
  });

  it('as an enum value of a nullable field is null, and of an item the whole list', async () => {
    expect((await graph.ask('{ account { kind kinds } }')).data).toEqual({
      account: { kind: null, kinds: null },
    });
  });

  it('as an enum value of a non-null field takes the object with it', async () => {
    expect((await graph.ask('{ account { strictKind } }')).data).toEqual({ account: null });
  });

  it('as a type of an object behind an interface makes it null', async () => {
    expect((await graph.ask('{ account { owner { name __typename } } }')).data).toEqual({
      account: { owner: null },
    });
    expect(await graph.ask('{ account(kind: CASH) { owner { name __typename } } }')).toEqual({
      data: { account: { owner: { name: 'N', __typename: 'Person' } } },
    });
  });

  it('has its default where a client cannot give it', async () => {
    expect(await graph.ask('{ search(by: { text: "x" }) }')).toEqual({
      data: { search: '{"text":"x","depth":3}' },
    });
  });
});

describe('composition', () => {
  it('refuses an inaccessible type that an accessible field has', () => {
    const shown = {
      name: 'shown',
      typeDefs: 'type Hidden @inaccessible { a: Int } type Query { hidden: Hidden }',
    };

    expect(() => composed(shown)).toThrow(/Query\.hidden/);
  });

  it('refuses an inaccessible argument without which nobody can ask', () => {
    const required = {
      name: 'required',
      typeDefs: 'type Query { a(b: Int! @inaccessible): Int }',
    };

    expect(() => composed(required)).toThrow(/Query\.a/);
  });

  it('refuses a type of which nothing is accessible', () => {
    const empty = { name: 'empty', typeDefs: 'type Query { a: Int @inaccessible }' };

    expect(() => composed(empty)).toThrow(/Query/);
  });
});
