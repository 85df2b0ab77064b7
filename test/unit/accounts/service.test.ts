import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountRegister } from '../../../subgraphs/accounts/service.js';
import { ratio } from '../../../subgraphs/shared/units.js';
import { memoryAccountStore } from '../../support/memoryAccountStore.js';

const owner = { id: 'owner-1', name: 'Fund' };
const account = (id: string) => ({ id, name: `Book ${id}`, ownerId: owner.id });
const storeOf = (ids: readonly string[]) =>
  memoryAccountStore({
    owners: [owner],
    accounts: ids.map(account),
    links: ids.flatMap((id) => [
      { accountId: id, venueAccountId: `okx:${id}` },
      { accountId: id, venueAccountId: `bybit:${id}` },
    ]),
    assets: [{ id: 'BTC', name: 'Bitcoin', haircut: ratio('0.05') }],
  });

describe('AccountRegister', () => {
  it('asks one query of each kind, however many accounts an operation names', async () => {
    const store = storeOf(['a', 'b', 'c']);
    const register = new AccountRegister(store);
    const found = await Promise.all(['a', 'b', 'c', 'a', 'x'].map((id) => register.account(id)));
    const accounts = found.filter((one) => one !== null);
    const owners = await Promise.all(accounts.map((one) => register.owner(one)));
    const links = await Promise.all(accounts.map((one) => register.venueAccountIds(one)));

    expect({
      found: found.map((one) => one?.id ?? null),
      owners,
      links,
      queries: store.queries,
    }).toEqual({
      found: ['a', 'b', 'c', 'a', null],
      owners: [owner, owner, owner, owner],
      links: ['a', 'b', 'c', 'a'].map((id) => [`bybit:${id}`, `okx:${id}`]),
      queries: { accountsByIds: 1, ownersByIds: 1, linksOfAccounts: 1 },
    });
  });

  it('asks for assets by id in one query, and knows nothing of unknown ones', async () => {
    const store = storeOf([]);
    const register = new AccountRegister(store);
    const found = await Promise.all(['BTC', 'NOPE'].map((id) => register.asset(id)));

    expect([found.map((one) => one?.name ?? null), store.queries]).toEqual([
      ['Bitcoin', null],
      { assetsByIds: 1 },
    ]);
  });

  it('has no page to offer after the last account', async () => {
    const register = new AccountRegister(storeOf([]));

    expect(await register.accountPage(20, null)).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([0, -1, 101])('refuses a page of %i', async (first) => {
    await expect(new AccountRegister(storeOf([])).accountPage(first, null)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
    });
  });

  it('refuses a cursor that it has not made', async () => {
    await expect(new AccountRegister(storeOf([])).accountPage(1, 'acct-1')).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
    });
  });
});

describe('pages of accounts', () => {
  it('show every account once and in order, whatever their size', async () => {
    const idSets = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,6}$/), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(idSets, fc.integer({ min: 1, max: 5 }), async (ids, first) => {
        const register = new AccountRegister(storeOf(ids));
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const { nodes, pageInfo } = await register.accountPage(first, after);
          seen.push(...nodes.map(({ id }) => id));
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null);

        expect(seen).toEqual([...ids].sort());
      }),
    );
  });
});
