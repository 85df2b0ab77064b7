/** The folder that the embedded database lives in: laid out and checked. */

import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseStartError } from './databaseStartError.js';
import { can, type ServerUser } from './serverUser.js';

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
