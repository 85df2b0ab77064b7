/** A migrated, empty database of its own for each test file. */

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { PrismaClient } from '../../prisma/generated/client.js';
import { openClient } from '../../subgraphs/shared/database/client.js';
// Brings the type of what the global set-up provides.
import type {} from './databaseServer.js';

/** Copies files, on a disk that other tests may keep busy. */
const HOOK_TIMEOUT_MS = 60_000;

export interface TestDatabase {
  readonly prisma: PrismaClient;
  readonly url: string;
}

/**
 * Call it once, at the top of a test file of the project "database". Its properties can be read from
 * `beforeAll` on; the database is dropped after the file's last test.
 */
export function testDatabase(): TestDatabase {
  const made: { prisma?: PrismaClient; url?: string } = {};

  beforeAll(async () => {
    const template = new URL(inject('templateUrl'));
    const url = new URL(template);
    url.pathname = `/test_${randomUUID().replaceAll('-', '')}`;
    await onServer(async (server) => {
      // Copying files is twice as fast as logging the copy; before version 15 it is the only way.
      const { rows } = await server.query<{ server_version_num: string }>(
        'SHOW server_version_num',
      );
      const strategy = Number(rows[0]?.server_version_num) >= 150_000 ? 'STRATEGY FILE_COPY' : '';
      await server.query(`CREATE DATABASE ${nameIn(url)} TEMPLATE ${nameIn(template)} ${strategy}`);
    });
    made.url = url.href;
    made.prisma = openClient(url.href, 5);
  }, HOOK_TIMEOUT_MS);

  afterAll(async () => {
    await made.prisma?.$disconnect();
    const { url } = made;
    if (url === undefined) return;
    await onServer((server) => server.query(`DROP DATABASE ${nameIn(new URL(url))} WITH (FORCE)`));
  }, HOOK_TIMEOUT_MS);

  return {
    get prisma() {
      return ready(made.prisma);
    },
    get url() {
      return ready(made.url);
    },
  };
}

/** Runs on the server's maintenance database: nobody may be connected to a template. */
async function onServer(work: (server: pg.Client) => Promise<unknown>): Promise<void> {
  const url = new URL(inject('templateUrl'));
  url.pathname = '/postgres';
  const server = new pg.Client({ connectionString: url.href });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

const nameIn = (url: URL) => url.pathname.slice(1);

function ready<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The test database is made in beforeAll.');
  return value;
}
