import { beforeAll, describe, expect, it } from 'vitest';
import type { Prisma } from '../../../prisma/generated/client.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();

const event: Prisma.MarginCallEventCreateManyInput = {
  accountId: 'acct-1',
  seq: 1n,
  previousStatus: 'HEALTHY',
  status: 'WARNING',
  marginRatio: '1.2',
  equity: '120',
  initialMargin: '150',
  maintenanceMargin: '100',
  shortfall: '0',
  quality: 'LIVE',
  parameterSetHash: 'p',
  snapshotHash: 's',
  occurredAt: new Date('2026-11-22T12:00:00.000Z'),
};

const addEvent = (changes: Partial<Prisma.MarginCallEventCreateManyInput>) =>
  database.prisma.marginCallEvent.create({ data: { ...event, ...changes } });

describe('an asset', () => {
  const addAsset = (id: string, haircut: string) =>
    database.prisma.asset.create({ data: { id, name: id, haircut } });

  it('takes a haircut from nothing to everything', async () => {
    const rows = [await addAsset('NONE', '0'), await addAsset('ALL', '1')];

    expect(rows.map(({ haircut }) => haircut.toFixed())).toEqual(['0', '1']);
  });

  it.each(['-0.000000000000000001', '1.000000000000000001'])('refuses haircut %s', async (cut) => {
    await expect(addAsset('BAD', cut)).rejects.toThrow('Asset_haircut_is_a_share');
  });
});

describe('a member of an account', () => {
  const addMember = (subject: string, accountId: string) =>
    database.prisma.accountMember.create({ data: { subject, accountId } });

  beforeAll(async () => {
    await database.prisma.owner.create({ data: { id: 'owner-1', name: 'Fund' } });
    await database.prisma.account.create({
      data: { id: 'acct-1', name: 'Book', ownerId: 'owner-1' },
    });
  });

  it('is somebody', async () => {
    await expect(addMember('', 'acct-1')).rejects.toThrow('AccountMember_subject_is_somebody');
  });

  it('is one of an account that is there, and once', async () => {
    await addMember('ann', 'acct-1');
    await expect(addMember('ann', 'acct-2')).rejects.toMatchObject({ code: 'P2003' });
    await expect(addMember('ann', 'acct-1')).rejects.toMatchObject({ code: 'P2002' });
  });
});

describe('a stored price', () => {
  const publishedAt = new Date('2026-11-22T12:00:00.000Z');

  it.each([
    { price: '0', anchor: '1', constraint: 'AssetPrice_price_is_positive' },
    { price: '1', anchor: '-1', constraint: 'AssetPrice_anchor_is_positive' },
  ])('is refused at $price around $anchor', async ({ price, anchor, constraint }) => {
    const data = { assetId: 'BTC', price, anchor, publishedAt };

    await expect(database.prisma.assetPrice.create({ data })).rejects.toThrow(constraint);
  });

  it('is refused when it is not a number', async () => {
    const insert = database.prisma.$executeRaw`
      INSERT INTO "AssetPrice" VALUES ('BTC', 'NaN', 1, now())`;

    await expect(insert).rejects.toThrow('AssetPrice_price_is_positive');
  });
});

describe('a margin call event', () => {
  it.each([
    { changes: { seq: 0n }, constraint: 'seq_starts_at_1' },
    { changes: { maintenanceMargin: '-1' }, constraint: 'maintenanceMargin_is_not_negative' },
    { changes: { initialMargin: '99.99' }, constraint: 'initial_covers_maintenance' },
    { changes: { shortfall: '-0.01' }, constraint: 'shortfall_is_not_negative' },
  ])('is refused by $constraint', async ({ changes, constraint }) => {
    await expect(addEvent(changes)).rejects.toThrow(constraint);
  });

  it('may have an initial margin equal to the maintenance margin, and negative equity', async () => {
    const row = await addEvent({ accountId: 'acct-2', initialMargin: '100', equity: '-5' });

    expect(row.equity.toFixed()).toBe('-5');
  });
});

describe('the log of margin call events', () => {
  beforeAll(() => addEvent({ accountId: 'acct-log' }));

  it.each([
    ['UPDATE', `UPDATE "MarginCallEvent" SET "equity" = 0`],
    ['DELETE', `DELETE FROM "MarginCallEvent"`],
    ['TRUNCATE', `TRUNCATE "MarginCallEvent"`],
  ])('refuses %s and keeps its rows', async (operation, sql) => {
    await expect(database.prisma.$executeRawUnsafe(sql)).rejects.toThrow(
      `${operation} on "MarginCallEvent" refused: it is an append-only log`,
    );
    const where = { accountId: 'acct-log' };
    expect(await database.prisma.marginCallEvent.count({ where })).toBe(1);
  });

  it('takes a sequence number once per account', async () => {
    await expect(addEvent({ accountId: 'acct-log' })).rejects.toMatchObject({ code: 'P2002' });
  });
});

describe('an answer to who asked for another architecture', () => {
  const answer: Prisma.MarginArchitectureSwitchCreateInput = {
    accountId: 'acct-1',
    seq: 1n,
    idempotencyKey: 'key-1',
    previousArchitecture: 'CROSS',
    requestedArchitecture: 'PORTFOLIO',
    model: 'portfolio',
    parameterSetName: 'unified-1',
    parameterSetHash: 'p',
    snapshotHash: 's',
    asOf: new Date('2026-11-22T12:00:00.000Z'),
    quality: 'LIVE',
    equity: '120',
    initialMargin: '100',
    maintenanceMargin: '100',
    occurredAt: new Date('2026-11-22T12:00:00.000Z'),
  };
  const addAnswer = (changes: Partial<Prisma.MarginArchitectureSwitchCreateInput>) =>
    database.prisma.marginArchitectureSwitch.create({ data: { ...answer, ...changes } });

  it.each([
    { changes: { seq: 0n }, constraint: 'seq_starts_at_1' },
    {
      changes: { maintenanceMargin: '-1' },
      constraint: 'maintenanceMargin_is_not_negative',
    },
    { changes: { initialMargin: '99.99' }, constraint: 'initial_covers_maintenance' },
    { changes: { refusal: '' }, constraint: 'is_refused_with_a_reason' },
  ])('is refused by $constraint', async ({ changes, constraint }) => {
    await expect(addAnswer(changes)).rejects.toThrow(constraint);
  });

  it.each([
    ['UPDATE', `UPDATE "MarginArchitectureSwitch" SET "refusal" = NULL`],
    ['DELETE', `DELETE FROM "MarginArchitectureSwitch"`],
    ['TRUNCATE', `TRUNCATE "MarginArchitectureSwitch"`],
  ])('stays as it is: %s is refused', async (operation, sql) => {
    await addAnswer({ accountId: `acct-${operation}` });

    await expect(database.prisma.$executeRawUnsafe(sql)).rejects.toThrow(
      `${operation} on "MarginArchitectureSwitch" refused: it is an append-only log`,
    );
  });
});
