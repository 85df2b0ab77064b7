import { lexicographicSortSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { VENUES } from '../../support/graphSubgraphs.js';
import { decisionsFor, rootFieldsOf, type RootField } from './decidedSchema.js';
import { generatedOperation } from './generatedOperations.js';
import { MatrixUnderTest, routesOf, schema, WITHIN } from './matrixUnderTest.js';
import { ACCOUNTS, EVERYTHING, ROLES, UNKNOWN, type TestAccount } from './people.js';

const decisions = decisionsFor(VENUES);
const roots = rootFieldsOf(schema);
const decided = (decision: 'ACCOUNT' | 'PUBLIC', ...kinds: readonly RootField['kind'][]) =>
  roots
    .filter((root) => kinds.includes(root.kind) && decisions.get(root.coordinate) === decision)
    .map((root) => [root.coordinate, root] as const);
const isOfOneAccount = ([, { field }]: readonly [string, RootField]) =>
  field.args.some(({ name }) => name === 'accountId');
const streams = decided('ACCOUNT', 'subscription');

describe('the authorization matrix', () => {
  let matrix: MatrixUnderTest;
  beforeAll(async () => {
    matrix = await MatrixUnderTest.start();
  });
  afterAll(async () => {
    console.info(`${matrix.cells} cells of the authorization matrix`);
    await matrix.close();
  });

  it('is of the schema that is decided about', () => {
    const text = (of: typeof schema) => printSchema(lexicographicSortSchema(of));
    expect(text(matrix.graph.engine.schema)).toBe(text(schema));
  });

  it('asks for every field of every type', () => {
    const asked = new Set(
      roots.flatMap((root) => [...(generatedOperation(schema, root, 'full')?.fields ?? [])]),
    );
    const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
      decisions.has(type.name) && 'getFields' in type
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    );
    expect(fields.filter((coordinate) => !asked.has(coordinate))).toEqual([]);
  });

  it.each(decided('ACCOUNT', 'query'))('has %s for those who may see it', async (_, root) => {
    for (const route of routesOf(root)) {
      expect(matrix.wrong(route, await matrix.asked(route))).toEqual([]);
    }
  });

  it.each(decided('ACCOUNT', 'mutation'))(
    'has %s for those who may see it, and nothing changed for others',
    async (_, root) => {
      for (const route of routesOf(root)) {
        const cells = await matrix.askedInTurn(route);
        expect(matrix.wrong(route, cells)).toEqual([]);
        expect(cells.map(({ switched }) => switched)).toEqual(
          cells.map(({ role, account }) => (role.sees.includes(account) ? [account.id] : [])),
        );
      }
    },
  );

  it.each(streams.filter(isOfOneAccount))('streams %s to those who may see it', async (_, root) => {
    for (const route of routesOf(root)) {
      expect(matrix.wrong(route, await matrix.followed(route))).toEqual([]);
    }
  });

  it.each(streams.filter((one) => !isOfOneAccount(one)))(
    'streams %s of the accounts that one may see',
    async (_, root) => {
      for (const route of routesOf(root)) {
        expect(matrix.wrong(route, await matrix.followedTogether(route))).toEqual([]);
      }
    },
  );

  it.each(decided('PUBLIC', 'query', 'mutation'))('has %s for everybody', async (_, root) => {
    for (const route of routesOf(root)) {
      for (const role of ROLES) {
        const variables = matrix.variables(route, role, UNKNOWN);
        const answers = [await matrix.ask(role, route, variables)];
        expect(matrix.wrongForEverybody(route, { role, variables, answers })).toEqual([]);
      }
    }
  });

  it.each(decided('PUBLIC', 'subscription'))('streams %s to everybody', async (_, root) => {
    for (const route of routesOf(root)) {
      for (const role of ROLES) {
        const variables = matrix.variables(route, role, UNKNOWN);
        const stream = await matrix.follow(role, route, variables);
        await vi.waitFor(() => expect(stream.answers).not.toEqual([]), WITHIN);
        stream.stop();
        const { answers } = stream;
        expect(matrix.wrongForEverybody(route, { role, variables, answers })).toEqual([]);
      }
    }
  });

  it.each([
    ...['Account', 'Asset', 'Instrument', 'VenueAccount', 'DeribitAccount'].map((type) => [
      `the entity ${type}`,
      `{ _entities(representations: [{ __typename: "${type}", id: "acct-amber" }]) { __typename } }`,
    ]),
    ['the SDL of a subgraph', '{ _service { sdl } }'],
    ['what callers may see', '{ callerAccess(subject: "demo") { accountIds } }'],
    ['the type that says so', '{ __typename ... on CallerAccess { accountIds } }'],
  ])('has no way to ask for %s', async (_, query = '') => {
    for (const client of ROLES.map((role) => matrix.as(role))) {
      for (const answer of [await client.ask(query, {}), await client.askBySocket(query, {})]) {
        const errors = [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }];
        expect(answer).toMatchObject({ errors });
        expect(answer.data).toBeUndefined();
        matrix.cells += 1;
      }
    }
  });

  it.each([
    ['a trade', (id: string) => ({ trades: [{ venueAccountId: id, ...ONE_BITCOIN }] })],
    [
      'a move from it',
      (id: string) => ({ collateralMoves: [{ fromVenueAccountId: id, ...ONE_USD }] }),
    ],
    ['a move to it', (id: string) => ({ collateralMoves: [{ toVenueAccountId: id, ...ONE_USD }] })],
  ])('imagines %s for a venue account of another as for an unknown one', async (_, input) => {
    const query = `query ($accountId: ID!, $input: WhatIfInput!) {
      whatIf(accountId: $accountId, input: $input) { after { venues { venueAccountId equity } } }
    }`;
    for (const role of ROLES) {
      for (const { id: accountId } of role.sees) {
        const imagined = async ({ number }: TestAccount) => {
          const variables = { accountId, input: input(`deribit:${number}`) };
          return JSON.stringify(await matrix.as(role).ask(query, variables)).replaceAll(
            number,
            '?',
          );
        };
        const unknown = await imagined(UNKNOWN);
        for (const other of ACCOUNTS.filter(({ id }) => id !== accountId)) {
          expect(await imagined(other)).toBe(unknown);
          matrix.cells += 1;
        }
      }
    }
  });

  it('repeats no answer to who has guessed its idempotency key', async () => {
    const [, root] = decided('ACCOUNT', 'mutation')[0] ?? [];
    const [route] = root ? routesOf(root) : [];
    if (!route) throw new Error('There is no such mutation.');
    for (const account of ACCOUNTS) {
      const asked = async (role = EVERYTHING, of = account) => {
        const variables = matrix.variables(route, role, of, 'guessed');
        return {
          role,
          account: of,
          variables,
          answers: [await matrix.ask(role, route, variables)],
        };
      };
      await asked();
      const { length } = matrix.graph.architectures.stored;
      const cells = ROLES.flatMap((role) => [asked(role), asked(role, UNKNOWN)]);
      expect(matrix.wrong(route, await Promise.all(cells))).toEqual([]);
      expect(matrix.graph.architectures.stored).toHaveLength(length);
    }
  });
});

const ONE_BITCOIN = { instrumentId: 'deribit:BTC-PERPETUAL', size: '1' };
const ONE_USD = { asset: 'USD', quantity: '1' };
