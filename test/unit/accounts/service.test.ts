import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountRegister, callerAccess } from '../../../subgraphs/accounts/service.js';
import { accessTo, EVERY_ACCOUNT } from '../../../subgraphs/shared/callerToken/accountAccess.js';
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
    const register = new AccountRegister(store, EVERY_ACCOUNT);
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
    const register = new AccountRegister(store, EVERY_ACCOUNT);
    const found = await Promise.all(['BTC', 'NOPE'].map((id) => register.asset(id)));

    expect([found.map((one) => one?.name ?? null), store.queries]).toEqual([
      ['Bitcoin', null],
      { assetsByIds: 1 },
    ]);
  });

  it('has no page to offer after the last account', async () => {
    const register = new AccountRegister(storeOf([]), EVERY_ACCOUNT);

    expect(await register.accountPage(20, null)).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([0, -1, 101])('refuses a page of %i', async (first) => {
    await expect(
      new AccountRegister(storeOf([]), EVERY_ACCOUNT).accountPage(first, null),
    ).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
    });
  });

  it('refuses a cursor that it has not made', async () => {
    await expect(
      new AccountRegister(storeOf([]), EVERY_ACCOUNT).accountPage(1, 'acct-1'),
    ).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
    });
  });
});

describe('AccountRegister, for a caller who may see some accounts', () => {
  const mine = accessTo(['b', 'd', 'gone']);

  it('knows no other, and does not even ask for it', async () => {
    const store = storeOf(['a', 'b', 'c', 'd']);
    const register = new AccountRegister(store, mine);
    const found = await Promise.all(['a', 'b', 'nobody'].map((id) => register.account(id)));

    expect([found, store.queries]).toEqual([[null, account('b'), null], { accountsByIds: 1 }]);
  });

  it('lists those alone, in full pages', async () => {
    const register = new AccountRegister(storeOf(['a', 'b', 'c', 'd']), mine);
    const first = await register.accountPage(1, null);
    const second = await register.accountPage(1, first.pageInfo.endCursor);

    expect([first, second].map(({ nodes, pageInfo }) => [nodes, pageInfo.hasNextPage])).toEqual([
      [[account('b')], true],
      [[account('d')], false],
    ]);
  });
});

describe('callerAccess', () => {
  const store = memoryAccountStore({
    owners: [owner],
    accounts: ['a', 'b'].map(account),
    links: [
      { accountId: 'a', venueAccountId: 'okx:1' },
      { accountId: 'b', venueAccountId: 'okx:2' },
      { accountId: 'a', venueAccountId: 'bybit:1' },
    ],
    assets: [],
    members: { ann: ['a'], many: Array.from({ length: 2_000 }, (_, i) => `x${i}`) },
  });

  it.each([
    ['ann', { accountIds: ['a'], venueAccountIds: ['bybit:1', 'okx:1'] }],
    ['nobody', { accountIds: [], venueAccountIds: [] }],
  ])('is what the register says that %s may see', async (subject, access) => {
    expect(await callerAccess(store, subject)).toEqual(access);
  });

  it('stops at one account more than a token can name', async () => {
    expect((await callerAccess(store, 'many')).accountIds).toHaveLength(1_001);
  });
});

describe('pages of accounts', () => {
  it('show every account once and in order, whatever their size', async () => {
    const idSets = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,6}$/), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(idSets, fc.integer({ min: 1, max: 5 }), async (ids, first) => {
        const register = new AccountRegister(storeOf(ids), EVERY_ACCOUNT);
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
