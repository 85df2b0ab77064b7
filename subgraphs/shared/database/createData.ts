/** Makes the database cluster of a data directory on its first start. */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assertWritable, type DataDirectory } from './dataDirectory.js';
import { DatabaseStartError, essence } from './databaseStartError.js';
import type { PostgresPrograms } from './postgresPrograms.js';
import { programEnvironment, type ServerUser } from './serverUser.js';

/** Name of the database and of its superuser. */
export const DATABASE_NAME = 'margin_graph';

/**
 * Makes a new database cluster. All or nothing: it grows in a folder aside, so that a killed start
 * leaves no half of one. Throws DatabaseStartError.
 */
export async function createData(
  directory: DataDirectory,
  programs: PostgresPrograms,
  user: ServerUser,
  isDurable: boolean,
): Promise<void> {
  const unfinished = `${directory.data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(directory.password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (user.identity) {
    const { uid, gid } = user.identity;
    for (const path of [unfinished, directory.password]) chownSync(path, uid, gid);
  }
  assertWritable(unfinished, user);
  await initdb(unfinished, directory.password, programs, user, isDurable);
  renameSync(unfinished, directory.data);
}

async function initdb(
  data: string,
  passwordFile: string,
  programs: PostgresPrograms,
  user: ServerUser,
  isDurable: boolean,
): Promise<void> {
  const [program = '', ...args] = [
    ...user.prefix,
    join(programs.root, 'bin/initdb'),
    ...['-D', data, '-U', DATABASE_NAME, '--encoding=UTF8', '--locale=C'],
    // With a password, for other users of this machine can reach the port as well.
    ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...(isDurable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(program, args, {
      ...user.identity,
      cwd: '/',
      env: programEnvironment(programs),
    });
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    throw new DatabaseStartError(
      'INITDB_FAILED',
      `PostgreSQL could not make a database in ${data}: ${essence(stderr ?? message)}`,
      { cause },
    );
  }
}
