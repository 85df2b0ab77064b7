/** Prisma over PostgreSQL, with the session settings that keep instants exact and queries bounded. */

import assert from 'node:assert/strict';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../prisma/generated/client.js';

/**
 * Settings of every session that we open. The adapter writes timestamps without an offset and
 * relabels those that it reads, so a session in any other time zone would shift every instant.
 */
const SESSION_OPTIONS = [
  '-c TimeZone=UTC',
  '-c statement_timeout=30000',
  '-c lock_timeout=5000',
  '-c idle_in_transaction_session_timeout=60000',
].join(' ');

/**
 * A client with at most `max` connections, which are made when they are first needed. The caller
 * ends it with `$disconnect`.
 */
export function openClient(url: string, max = 10): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, options: SESSION_OPTIONS, max }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });
}

/**
 * Throws AssertionError unless the session's time zone is UTC: a pooler in between, or `options` in
 * the URL, may have dropped our settings. Rejects in one line when the server cannot be reached, so a
 * service calls it once before it says that it is ready.
 */
export async function assertSessionIsUtc(prisma: PrismaClient): Promise<void> {
  const zone = await sessionTimeZone(prisma);
  assert(
    zone === 'UTC',
    `the database session is in time zone ${zone}: run ALTER DATABASE … SET timezone = 'UTC'`,
  );
}

async function sessionTimeZone(prisma: PrismaClient): Promise<string | undefined> {
  try {
    const rows = await prisma.$queryRaw<{ TimeZone: string }[]>`SHOW TimeZone`;
    return rows[0]?.TimeZone;
  } catch (cause) {
    // Prisma wraps the reason, in its last line, in a picture of our own code.
    const reason = (cause as Error).message.trim().split('\n').at(-1) ?? '';
    throw new Error(`the database does not answer: ${reason}`, { cause });
  }
}
