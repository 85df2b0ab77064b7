import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Caller } from '../../../gateway/admission/caller.js';
import { UNMETERED } from '../../../gateway/admission/operationPolicy.js';
import { Engine, type EngineOptions } from '../../../gateway/engine.js';
import { composeSupergraph } from '../../../gateway/registry/composeSupergraph.js';

/** Every directive under another name, as a subgraph may import it. */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key"
  { name: "@authenticated", as: "@signedIn" }
  { name: "@requiresScopes", as: "@needs" }
  { name: "@policy", as: "@rule" }
])\n`;

const typeDefs = `${LINK}
  type Query {
    open: String
    mine: String @signedIn
    risk: String @needs(scopes: [["risk:read", "desk"], ["admin"]])
    ruled: String @rule(policies: [["office-hours"]])
    required: String! @signedIn
    things: [Thing!]!
    anything: [Any!]!
    level: Level
    secrets: [Secret!]
  }
  type Mutation { raise: Int  lower: Int @needs(scopes: [["admin"]]) }
  interface Thing { id: ID!  note: String }
  type Public implements Thing { id: ID!  note: String }
  type Guarded implements Thing { id: ID!  note: String @signedIn }
  type Secret implements Thing @signedIn { id: ID!  note: String }
  union Any = Public | Secret
  enum Level @signedIn { LOW HIGH }
`;

const things = ['Public', 'Guarded', 'Secret'].map((__typename, id) => ({
  __typename,
  id,
  note: `${__typename} note`,
}));

describe('fields that need more than a request', () => {
  let engine: Engine;
  let raised = 0;
  const url = 'local:things';
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(typeDefs),
      resolvers: {
        Query: {
          open: () => 'open',
          mine: () => 'mine',
          risk: () => 'risk',
          ruled: () => 'ruled',
          required: () => 'required',
          things: () => things,
          anything: () => [things[0], things[2]],
          level: () => 'HIGH',
          secrets: () => [things[2]],
        },
        Mutation: { raise: () => (raised += 1), lower: () => (raised -= 1) },
      },
    },
  ]);
  const sdl = composeSupergraph([{ name: 'things', url, typeDefs }]);

  const started = async (policy: EngineOptions['policy'] = UNMETERED) => {
    const one = new Engine({ timeoutMs: 2_000, local: new Map([[url, () => schema]]), policy });
    await one.swap(sdl);
    return one;
  };

  beforeAll(async () => {
    engine = await started();
  });
  afterAll(() => engine.close());

  const caller = (...scopes: string[]): Caller => ({
    subject: 'desk-1',
    scopes: new Set(scopes),
    expiresAt: null,
  });

  /** Data and errors as the client reads them, of errors only the code and the path. */
  const ask = async (query: string, who = ANONYMOUS, by = engine) => {
    const operation = { query, operationName: null, variables: {} };
    const { data, errors = [] } = await by.execute(operation, { headers: {}, caller: who });
    return {
      data: data === undefined ? undefined : (JSON.parse(JSON.stringify(data)) as unknown),
      errors: errors.map(({ extensions, path }) => [extensions['code'], path?.join('.')]),
    };
  };

  it('are null with an error for a caller without a token, and the rest is answered', async () => {
    expect(await ask('{ open mine alias: mine }')).toEqual({
      data: { open: 'open', mine: null, alias: null },
      errors: [
        ['UNAUTHENTICATED', 'mine'],
        ['UNAUTHENTICATED', 'alias'],
      ],
    });
    expect(await ask('{ open mine }', caller())).toEqual({
      data: { open: 'open', mine: 'mine' },
      errors: [],
    });
  });

  it.each([
    ['no scope', [], null],
    ['one of two scopes', ['risk:read'], null],
    ['both scopes', ['risk:read', 'desk'], 'risk'],
    ['the other alternative', ['admin'], 'risk'],
    ['a scope that only begins alike', ['admin2'], null],
  ])('with scopes answer %s as they must', async (_what, scopes, risk) => {
    expect(await ask('{ risk }', caller(...scopes))).toEqual({
      data: { risk },
      errors: risk === null ? [['FORBIDDEN', 'risk']] : [],
    });
  });

  it('with a policy are denied unless the policy is said to hold', async () => {
    expect(await ask('{ ruled }', caller())).toMatchObject({ data: { ruled: null } });
    const inOffice = await started({ ...UNMETERED, policies: () => new Set(['office-hours']) });
    expect(await ask('{ ruled }', caller(), inOffice)).toMatchObject({ data: { ruled: 'ruled' } });
    await inOffice.close();
  });

  it('are denied through an interface where they are for one of its types', async () => {
    const query = '{ things { id note } }';
    expect(await ask(query)).toEqual({ data: null, errors: [['UNAUTHENTICATED', 'things']] });
    expect(await ask(query, caller())).toMatchObject({
      data: { things: things.map(({ id, note }) => ({ id: String(id), note })) },
      errors: [],
    });
  });

  it('are denied in a union for the type that needs more, and for no other', async () => {
    const query = '{ open anything { __typename ... on Public { note } ... on Secret { note } } }';
    const first = { __typename: 'Public', note: 'Public note' };
    // The second is a Secret, null in a list of what is never null, so the list goes up to the root.
    expect(await ask(query)).toEqual({ data: null, errors: [['UNAUTHENTICATED', 'anything.1']] });
    expect(await ask(query, caller())).toMatchObject({
      data: { open: 'open', anything: [first, { __typename: 'Secret', note: 'Secret note' }] },
    });
  });

  it('are denied by the type of their value, in every position', async () => {
    expect(await ask('{ level secrets { id } ...F } fragment F on Query { l: level }')).toEqual({
      data: { level: null, secrets: null, l: null },
      errors: [
        ['UNAUTHENTICATED', 'level'],
        ['UNAUTHENTICATED', 'secrets'],
        ['UNAUTHENTICATED', 'l'],
      ],
    });
  });

  it('take the object around them along where they must not be null', async () => {
    expect(await ask('{ open required }')).toEqual({
      data: null,
      errors: [['UNAUTHENTICATED', 'required']],
    });
  });

  it('are never asked of a subgraph for a caller who may not read them', async () => {
    raised = 0;
    expect(await ask('mutation { raise lower }', caller())).toEqual({
      data: undefined,
      errors: [['FORBIDDEN', undefined]],
    });
    expect(raised).toBe(0);
    expect(await ask('mutation { raise lower }', caller('admin'))).toMatchObject({
      data: { raise: 1, lower: 0 },
    });
  });

  it('reject a whole query where the gateway is told to', async () => {
    const strict = await started({ ...UNMETERED, onDenied: 'reject' });
    expect(await ask('{ open mine }', ANONYMOUS, strict)).toEqual({
      data: undefined,
      errors: [['UNAUTHENTICATED', undefined]],
    });
    expect(await ask('{ open }', ANONYMOUS, strict)).toMatchObject({ data: { open: 'open' } });
    await strict.close();
  });

  it('are counted as asked for only where conditions leave them in', async () => {
    expect(await ask('{ open mine @include(if: false) }')).toEqual({
      data: { open: 'open' },
      errors: [],
    });
  });
});
