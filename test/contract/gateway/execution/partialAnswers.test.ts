import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accountIds,
  accountsSubgraph,
  positionsSubgraph,
} from '../../../support/accountSubgraphs.js';
import { startFederation, type Federation } from '../../../support/federation.js';

/** Knows nothing of account 2 and refuses account 3. */
const positions = positionsSubgraph({
  Query: { sizes: () => ['1'], total: () => 1 },
  Account: {
    __resolveReference: async ({ id }: { id: string }) => {
      await Promise.resolve();
      if (id === '3') throw refused();
      return id === '2' ? null : { id, size: '1.5' };
    },
    cost: () => ({ amount: 3 }),
  },
  Strict: { __resolveReference: () => null },
});

const refused = () =>
  new GraphQLError('Not yours.', {
    extensions: {
      code: 'NOT_FOUND',
      id: '3',
      http: { status: 418 },
      exception: { stacktrace: [] },
    },
  });

describe('a subgraph that answers in part', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation([accountsSubgraph, positions]);
  });
  afterAll(() => federation.close());

  it('costs the fields that it refuses, with errors at their paths', async () => {
    const result = await federation.execute('{ accounts { name size } again: accounts { size } }');

    const notYours = (path: (string | number)[]) => ({
      message: 'Not yours.',
      path,
      extensions: { code: 'NOT_FOUND', id: '3', service: 'positions', venue: 'okx' },
    });
    expect(result).toEqual({
      data: {
        accounts: [
          { name: 'Account 1', size: '1.5' },
          { name: 'Account 2', size: null },
          { name: 'Account 3', size: null },
        ],
        again: [{ size: '1.5' }, { size: null }, { size: null }],
      },
      errors: expect.arrayContaining([
        notYours(['accounts', 2]),
        notYours(['again', 2]),
      ]) as unknown,
    });
    expect(result.errors).toHaveLength(2);
  });

  it('costs whole objects where it leaves out what may not be null', async () => {
    const result = await federation.execute('{ accounts { name strict { id count } } }');

    const missing = (index: number) => ({
      message: 'Cannot return null for non-nullable field Strict.count.',
      path: ['accounts', index, 'strict', 'count'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(result).toEqual({
      data: { accounts: accountIds.map((id) => ({ name: `Account ${id}`, strict: null })) },
      errors: accountIds.map((_id, index) => missing(index)),
    });
  });
});
