/** The folder that the embedded database lives in: laid out, checked, and made when it is new. */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseStartError, essence } from './databaseStartError.js';
import type { PostgresPrograms } from './postgresPrograms.js';
import { can, programEnvironment, type ServerUser } from './serverUser.js';

/** Name of the database and of its superuser. */
export const DATABASE_NAME = 'margin_graph';

/** Paths in the folder, all absolute. */
export interface DataDirectory {
  readonly home: string;
  /** PostgreSQL's own data directory. */
  readonly data: string;
  /** Text file with the superuser's password, readable by us only. */
  readonly password: string;
  readonly log: string;
  readonly lock: string;
}

/** Makes the folder where it is missing. Throws DatabaseStartError DIRECTORY_UNUSABLE. */
export function openDataDirectory(directory: string): DataDirectory {
  try {
    mkdirSync(directory, { recursive: true });
    const home = realpathSync(directory);
    accessSync(home, constants.W_OK | constants.X_OK);
    const inHome = (name: string) => join(home, name);
    return {
      home,
      data: inHome('data'),
      password: inHome('password'),
      log: inHome('server.log'),
      lock: inHome('lock'),
    };
  } catch (cause) {
    throw new DatabaseStartError(
      'DIRECTORY_UNUSABLE',
      `The data directory ${directory} cannot be used: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Throws DatabaseStartError unless the data there is whole enough to be tried, and of this major. */
export function checkData({ data, password }: DataDirectory, major: string): void {
  const versionFile = join(data, 'PG_VERSION');
  const missing = [versionFile, join(data, 'global/pg_control'), password].filter(
    (path) => !existsSync(path),
  );
  if (missing.length > 0) {
    throw new DatabaseStartError(
      'DATA_BROKEN',
      `The database in ${data} is broken: ${missing.join(' and ')} is missing. ` +
        `Restore it, or remove its folder to start empty.`,
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== major) {
    throw new DatabaseStartError(
      'DATA_OTHER_VERSION',
      `The database in ${data} was made by PostgreSQL ${version}; this is ${major}. ` +
        `Move its data over with pg_dump, or remove its folder to start empty.`,
    );
  }
}

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

/** Who owns the data, null while there is none. */
export function dataOwner({ data }: DataDirectory): { uid: number; gid: number } | null {
  return existsSync(data) ? statSync(data) : null;
}

/**
 * Lets the server's user pass through our folder. Throws DatabaseStartError DIRECTORY_UNUSABLE when it
 * cannot come as far, such as below another user's home.
 */
export function openToServer({ home }: DataDirectory, user: ServerUser): void {
  if (user.identity === null) return;
  chmodSync(home, 0o711);
  if (!can(user, 'enter', home)) throw outOfReach(home, user);
}

/** Throws DatabaseStartError DIRECTORY_UNUSABLE when the server's user cannot work there. */
export function assertWritable(path: string, user: ServerUser): void {
  if (!can(user, 'write', path)) throw outOfReach(path, user);
}

function outOfReach(path: string, { identity }: ServerUser): DatabaseStartError {
  const who = identity ? `user ${identity.uid}, whom PostgreSQL runs as here` : 'this user';
  return new DatabaseStartError(
    'DIRECTORY_UNUSABLE',
    `${path} is out of reach for ${who}: put it where that user may go, or set DATABASE_URL.`,
  );
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
