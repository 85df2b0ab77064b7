import { describe, expect, it } from 'vitest';
import { assertSessionIsUtc, openClient } from '../../../subgraphs/shared/database/client.js';
import { prepareDatabase } from '../../../subgraphs/shared/database/database.js';
import { seed } from '../../../prisma/seed.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();

describe('prepareDatabase', () => {
  it('fills an empty database once, however many processes start together', async () => {
    await Promise.all([1, 2, 3].map(() => prepareDatabase(database.url)));

    const links = await database.prisma.venueLink.findMany({ orderBy: { venueAccountId: 'asc' } });
    expect(
      links.map(({ venueAccountId, accountId }) => `${venueAccountId} → ${accountId}`),
    ).toEqual([
      'bybit:2288113 → acct-meridian',
      'bybit:2288114 → acct-northgate',
      'deribit:48213 → acct-meridian',
      'deribit:48214 → acct-halyard',
      'okx:7012994 → acct-meridian',
      'okx:7012995 → acct-northgate',
    ]);
  });

  it('does not bring back what was removed since', async () => {
    await database.prisma.asset.delete({ where: { id: 'DOGE' } });
    await prepareDatabase(database.url);

    expect(await database.prisma.asset.findUnique({ where: { id: 'DOGE' } })).toBeNull();
  });
});

describe('seed', () => {
  it('adds what is missing and never overwrites a later change', async () => {
    await seed(database.prisma);
    await database.prisma.asset.update({ where: { id: 'BTC' }, data: { haircut: '0.2' } });
    await database.prisma.asset.delete({ where: { id: 'ETH' } });
    await seed(database.prisma);

    const assets = await database.prisma.asset.findMany({ where: { id: { in: ['BTC', 'ETH'] } } });
    expect(assets.map(({ id, haircut }) => `${id} ${haircut.toFixed()}`).sort()).toEqual([
      'BTC 0.2',
      'ETH 0.05',
    ]);
  });
});

describe('openClient', () => {
  it('opens sessions in UTC whatever the database prefers', async () => {
    await database.prisma.$executeRawUnsafe(
      `ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET timezone = 'America/New_York'`,
    );
    const prisma = openClient(database.url, 1);

    await expect(
      assertSessionIsUtc(prisma).finally(() => prisma.$disconnect()),
    ).resolves.toBeUndefined();
  });

  it('is caught when its settings do not reach the server', async () => {
    const url = `${database.url}?options=${encodeURIComponent('-c TimeZone=Asia/Tokyo')}`;
    const prisma = openClient(url, 1);

    await expect(assertSessionIsUtc(prisma).finally(() => prisma.$disconnect())).rejects.toThrow(
      'the database session is in time zone Asia/Tokyo',
    );
  });

  it('is told in one line that the server cannot be reached', async () => {
    const prisma = openClient('postgresql://nobody@127.0.0.1:1/nothing', 1);
    const error = (await assertSessionIsUtc(prisma).catch((reason: unknown) => reason)) as Error;

    expect(error.message).toMatch(/^the database does not answer: .*127\.0\.0\.1:1`?$/);
  });
});
