import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAccountsSubgraph } from '../../../subgraphs/accounts/accountsSubgraph.js';
import type { RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { ratio } from '../../../subgraphs/shared/units.js';
import { post } from '../../support/graphqlClient.js';
import { memoryAccountStore } from '../../support/memoryAccountStore.js';

const store = memoryAccountStore({
  owners: [{ id: 'owner-1', name: 'Meridian Capital' }],
  accounts: [
    { id: 'acct-1', name: 'Market making', ownerId: 'owner-1' },
    { id: 'acct-2', name: 'Directional', ownerId: 'owner-1' },
  ],
  links: [
    { accountId: 'acct-1', venueAccountId: 'okx:1' },
    { accountId: 'acct-1', venueAccountId: 'bybit:1' },
  ],
  assets: [
    { id: 'USDT', name: 'Tether', haircut: ratio('0.01') },
    { id: 'BTC', name: 'Bitcoin', haircut: ratio('0.050') },
  ],
});

let subgraph: RunningSubgraph;

beforeAll(async () => {
  subgraph = await startAccountsSubgraph({
    store,
    port: 0,
    host: '127.0.0.1',
    onInternalError: (error) => {
      throw error;
    },
  });
});

afterAll(() => subgraph.close());

describe('the accounts subgraph', () => {
  it('answers an account with its owner and its venue accounts', async () => {
    const query = '{ account(id: "acct-1") { id name owner { id name } venueAccountIds } }';

    expect(await post(subgraph.url, query)).toEqual({
      data: {
        account: {
          id: 'acct-1',
          name: 'Market making',
          owner: { id: 'owner-1', name: 'Meridian Capital' },
          venueAccountIds: ['bybit:1', 'okx:1'],
        },
      },
    });
  });

  it('answers null for an account that does not exist', async () => {
    expect(await post(subgraph.url, '{ account(id: "nobody") { id } }')).toEqual({
      data: { account: null },
    });
  });

  it('goes from page to page by the cursor of the page before', async () => {
    const query = `query ($after: String) {
      accounts(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
    }`;
    const first = await post(subgraph.url, query);
    const { accounts } = first.data as { accounts: { pageInfo: { endCursor: string } } };
    const second = await post(subgraph.url, query, { after: accounts.pageInfo.endCursor });

    expect([first.data, second.data]).toEqual([
      {
        accounts: {
          nodes: [{ id: 'acct-1' }],
          pageInfo: { hasNextPage: true, endCursor: expect.any(String) as string },
        },
      },
      {
        accounts: {
          nodes: [{ id: 'acct-2' }],
          pageInfo: { hasNextPage: false, endCursor: expect.any(String) as string },
        },
      },
    ]);
  });

  it('names the argument that it cannot use', async () => {
    const { errors } = await post(subgraph.url, '{ accounts(first: 101) { nodes { id } } }');

    expect(errors).toMatchObject([
      {
        message: 'first is from 1 to 100, not 101.',
        extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
      },
    ]);
  });

  it('lists assets in order, with haircuts as plain decimal text', async () => {
    expect(await post(subgraph.url, '{ assets { id name haircut } }')).toEqual({
      data: {
        assets: [
          { id: 'BTC', name: 'Bitcoin', haircut: '0.05' },
          { id: 'USDT', name: 'Tether', haircut: '0.01' },
        ],
      },
    });
  });

  it('resolves references of other subgraphs, null for what it does not know', async () => {
    const query = `query ($of: [_Any!]!) {
      _entities(representations: $of) { ... on Account { name } ... on Asset { haircut } }
    }`;
    const of = [
      { __typename: 'Account', id: 'acct-2' },
      { __typename: 'Account', id: 'gone' },
      { __typename: 'Asset', id: 'BTC' },
      { __typename: 'Asset', id: 'GONE' },
    ];

    expect(await post(subgraph.url, query, { of })).toEqual({
      data: { _entities: [{ name: 'Directional' }, null, { haircut: '0.05' }, null] },
    });
  });
});
