/**
 * Vitest global set-up for tests that need PostgreSQL: a server, and on it a migrated template from
 * which each test file copies its own database. TEST_DATABASE_URL names a server to use, as a user
 * who may create databases; otherwise an embedded one is started and removed again.
 */

import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../subgraphs/shared/database/embeddedPostgres.js';
import { migrate } from '../../subgraphs/shared/database/migrate.js';
import { processStart } from '../../subgraphs/shared/database/processStart.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the migrated template database; its server takes more databases. */
    templateUrl: string;
  }
}

/** Names carry the process id, so that two runs do not meet, on a server or on disk. */
const TEMPLATE = `margin_graph_template_${process.pid}`;
const HOUSE = fileURLToPath(new URL('../../.tmp', import.meta.url));
const DIRECTORY = `test-postgres-${process.pid}`;

export default async function databaseServer(project: TestProject) {
  const { url, stop } = await testServer();
  await onServer(url, `CREATE DATABASE ${TEMPLATE}`);
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
  project.provide('templateUrl', template.href);
  return async () => {
    await onServer(url, `DROP DATABASE ${TEMPLATE} WITH (FORCE)`);
    await stop();
  };
}

async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  await removeLeftovers();
  const directory = join(HOUSE, DIRECTORY);
  const server = await startEmbeddedPostgres(directory, { isDurable: false });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true });
  };
  return { url: server.url, stop };
}

/** What killed runs have left behind. */
async function removeLeftovers(): Promise<void> {
  await mkdir(HOUSE, { recursive: true });
  for (const name of await readdir(HOUSE)) {
    const pid = /^test-postgres-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || processStart(Number(pid)) !== null) continue;
    await rm(join(HOUSE, name), { recursive: true, force: true });
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
