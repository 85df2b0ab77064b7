/**
 * Applies `prisma/migrations` without Prisma's own engine, which is downloaded at run time and so
 * not to be had on a closed network. It keeps Prisma's bookkeeping (table, checksums and advisory
 * lock), so that `prisma migrate status` and `deploy` agree with it.
 */

import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The key that Prisma Migrate itself locks. */
const MIGRATION_LOCK = 72_707_369;

const REPOSITORY_MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

const BOOKKEEPING_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The database and the migrations on disk do not fit together; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file's text, as Prisma computes it. */
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Brings the database up to date and returns the names of the migrations that it applied, in order.
 * Any number of processes may call it at once: one works, the others wait up to a minute and find
 * nothing to do. Each migration runs in one transaction. Throws MigrationError when a migration was
 * edited after it was applied, or failed now or earlier.
 */
export async function migrate(url: string, directory = REPOSITORY_MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const client = new pg.Client({
    connectionString: url,
    options: '-c TimeZone=UTC -c lock_timeout=60000',
  });
  await client.connect();
  try {
    // Held by the session, so that it is released even when this process is killed.
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(BOOKKEEPING_TABLE);
    const pending = pendingMigrations(migrations, await appliedMigrations(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedMigrations(client: pg.Client): Promise<AppliedRow[]> {
  const { rows } = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedRow[],
): Migration[] {
  const failed = applied.find((row) => row.finished_at === null);
  if (failed) {
    throw new MigrationError(
      `Migration ${failed.migration_name} failed before. Repair the database, then run ` +
        `npx prisma migrate resolve --rolled-back ${failed.migration_name}`,
    );
  }
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  for (const { name, checksum } of migrations) {
    const known = checksums.get(name);
    if (known !== undefined && known !== checksum) {
      throw new MigrationError(
        `Migration ${name} was edited after it was applied. Restore it and add a new migration.`,
      );
    }
  }
  return migrations.filter(({ name }) => !checksums.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ($1, $2, $3)`,
    [id, checksum, name],
  );
  try {
    // Without parameters the script goes as one message, which PostgreSQL runs in one transaction.
    await client.query(sql);
  } catch (cause) {
    const reason = (cause as Error).message;
    await client.query(`UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1`, [id, reason]);
    throw new MigrationError(`Migration ${name} failed: ${reason}`, { cause });
  }
  await client.query(
    `UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE id = $1`,
    [id],
  );
}
