import { beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.js';
import { accountStore } from '../../../subgraphs/accounts/store.js';
import { format } from '../../../subgraphs/shared/units.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();

beforeAll(() => seed(database.prisma));

describe('accountStore', () => {
  it('finds accounts by id, owners and links, and leaves out what is not there', async () => {
    const store = accountStore(database.prisma);
    const odd = ['gone', 'a\0b', '\'; DROP TABLE "Account"; --'];

    expect({
      accounts: await store.accountsByIds(['acct-halyard', ...odd]),
      owners: await store.ownersByIds(['owner-halyard', ...odd]),
      links: await store.linksOfAccounts(['acct-halyard', ...odd]),
      assets: await store.assetsByIds(odd),
    }).toEqual({
      accounts: [{ id: 'acct-halyard', name: 'ETH overwriting', ownerId: 'owner-halyard' }],
      owners: [{ id: 'owner-halyard', name: 'Halyard Partners' }],
      links: [{ accountId: 'acct-halyard', venueAccountId: 'deribit:48214' }],
      assets: [],
    });
  });

  it('pages through accounts in the order of their ids', async () => {
    const store = accountStore(database.prisma);
    const first = await store.accountsAfter(null, 2, null);
    const rest = await store.accountsAfter(first.at(-1)?.id ?? null, 2, null);

    expect([first, rest].map((page) => page.map(({ id }) => id))).toEqual([
      ['acct-halyard', 'acct-meridian'],
      ['acct-northgate'],
    ]);
  });

  it('pages through those accounts only that it is given', async () => {
    const store = accountStore(database.prisma);
    const among = ['acct-northgate', 'acct-halyard', 'gone', 'a\0b'];
    const first = await store.accountsAfter(null, 1, among);
    const rest = await store.accountsAfter(first.at(-1)?.id ?? null, 2, among);

    expect([first, rest, await store.accountsAfter(null, 2, [])]).toMatchObject([
      [{ id: 'acct-halyard' }],
      [{ id: 'acct-northgate' }],
      [],
    ]);
  });

  it('knows which accounts a subject may see, sorted, and no more than it is asked for', async () => {
    const store = accountStore(database.prisma);
    const asked = [store.accountIdsOfSubject('demo', 100), store.accountIdsOfSubject('demo', 2)];
    const others = ['Demo', 'nobody', 'de\0mo'].map((one) => store.accountIdsOfSubject(one, 100));

    expect(await Promise.all([...asked, ...others])).toEqual([
      ['acct-halyard', 'acct-meridian', 'acct-northgate'],
      ['acct-halyard', 'acct-meridian'],
      [],
      [],
      [],
    ]);
  });

  it('reads haircuts to the last digit', async () => {
    const haircut = '0.123456789012345678';
    await database.prisma.asset.create({ data: { id: 'FINE', name: 'Fine', haircut } });
    const [fine] = await accountStore(database.prisma).assetsByIds(['FINE']);

    expect(fine && format(fine.haircut)).toBe(haircut);
  });

  it('lists every asset in the order of their ids', async () => {
    const ids = (await accountStore(database.prisma).allAssets()).map(({ id }) => id);

    expect(ids).toEqual([...ids].sort());
  });
});
