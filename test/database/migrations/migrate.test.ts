import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../subgraphs/shared/database/migrate.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();
const repositoryMigrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const folders: string[] = [];

/** A folder of migrations, by name. */
async function migrations(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(scripts)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const bookkeeping = () =>
  query(`SELECT migration_name, finished_at IS NOT NULL AS finished, logs
         FROM "_prisma_migrations" ORDER BY migration_name`);

// Starts from a database without tables: what the template holds is dropped.
beforeEach(async () => {
  await query('DROP SCHEMA public CASCADE');
  await query('CREATE SCHEMA public');
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

describe('the migrations of the repository', () => {
  const text = (name: string) =>
    readFile(join(repositoryMigrations, name, 'migration.sql'), 'utf8');

  it('let the demo’s user see the demo’s accounts where these were before there were members', async () => {
    const names = (await readdir(repositoryMigrations)).filter((name) => /^\d/.test(name)).sort();
    const scripts = await Promise.all(names.map(async (name) => [name, await text(name)] as const));
    const before = scripts.filter(([name]) => name < '20261123020000_account_members');
    await migrate(database.url, await migrations(Object.fromEntries(before)));
    await query(`INSERT INTO "Owner" VALUES ('owner-1', 'Fund')`);
    await query(`INSERT INTO "Account" ("id", "name", "ownerId")
      VALUES ('acct-meridian', 'Book', 'owner-1'), ('acct-else', 'Book', 'owner-1')`);
    await migrate(database.url, await migrations(Object.fromEntries(scripts)));

    expect(await query('SELECT * FROM "AccountMember"')).toEqual([
      { subject: 'demo', accountId: 'acct-meridian' },
    ]);
  });
});

describe('migrate', () => {
  it('applies what is pending, in the order of the names, and then finds nothing to do', async () => {
    const first = await migrations({
      '2_fill': 'INSERT INTO t VALUES (1)',
      '1_make': 'CREATE TABLE t (n INT)',
    });

    expect([await migrate(database.url, first), await migrate(database.url, first)]).toEqual([
      ['1_make', '2_fill'],
      [],
    ]);
  });

  it('lets one of several processes work while the others wait', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));

    const [first, ...others] = runs.map((names) => names.length).sort((a, b) => b - a);
    expect(first).toBeGreaterThan(0);
    expect(others).toEqual([0, 0, 0]);
  });

  it('refuses a migration that was edited after it was applied', async () => {
    const folder = await migrations({ '1_make': 'CREATE TABLE t (n INT)' });
    await migrate(database.url, folder);
    await writeFile(join(folder, '1_make/migration.sql'), 'CREATE TABLE t (n BIGINT)');

    await expect(migrate(database.url, folder)).rejects.toThrow(
      'Migration 1_make was edited after it was applied.',
    );
  });

  it('names a migration that fails, leaves nothing of it behind, and refuses to go on', async () => {
    const folder = await migrations({ '1_half': 'CREATE TABLE t (n INT); SELECT 1 / 0' });

    await expect(migrate(database.url, folder)).rejects.toThrow(
      'Migration 1_half failed: division by zero',
    );
    await expect(migrate(database.url, folder)).rejects.toThrow('Migration 1_half failed before.');
    expect({
      table: await query(`SELECT to_regclass('t') AS found`),
      rows: await bookkeeping(),
    }).toEqual({
      table: [{ found: null }],
      rows: [{ migration_name: '1_half', finished: false, logs: 'division by zero' }],
    });
  });

  it('tries a failed migration again once it is marked as rolled back', async () => {
    const folder = await migrations({ '1_make': 'SELECT 1 / 0' });
    await expect(migrate(database.url, folder)).rejects.toThrow('failed');
    await query('UPDATE "_prisma_migrations" SET rolled_back_at = now()');
    await writeFile(join(folder, '1_make/migration.sql'), 'CREATE TABLE t (n INT)');

    expect(await migrate(database.url, folder)).toEqual(['1_make']);
  });

  it('waits for a process that holds the lock of Prisma Migrate', async () => {
    const folder = await migrations({ '1_make': 'CREATE TABLE t (n INT)' });
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('SELECT pg_advisory_lock(72707369)');
    const waiting = migrate(database.url, folder);
    const waiters = () =>
      query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    await expect.poll(waiters).toHaveLength(1);
    const madeWhileLocked = await query(`SELECT to_regclass('t') AS found`);
    await other.end();

    expect([madeWhileLocked, await waiting]).toEqual([[{ found: null }], ['1_make']]);
  });

  it('applies the migrations of this repository unless it is told otherwise', async () => {
    const entries = await readdir(repositoryMigrations, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

    expect(await migrate(database.url)).toEqual(names.sort());
  });
});
