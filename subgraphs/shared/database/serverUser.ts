/**
 * Under which user PostgreSQL runs. It refuses to run as root, so root either enters a user namespace,
 * in which its files look like those of an ordinary user, or gives up its rights.
 */

import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { DatabaseStartError } from './databaseStartError.js';
import type { PostgresPrograms } from './postgresPrograms.js';

export interface ServerUser {
  /** What to put before a command so that it runs as this user. */
  readonly prefix: readonly string[];
  /** Given up rights: the user whose files and processes the server's are. Null: our own. */
  readonly identity: { readonly uid: number; readonly gid: number } | null;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** 65534 is nobody; initdb insists that its user is in /etc/passwd, and nobody always is. */
const IN_NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'] as const;

/**
 * Decides it. `dataOwner` owns the existing data, null when there is none: data stays with the way
 * that made it. Throws DatabaseStartError NO_SERVER_USER when there is no way.
 */
export function serverUser(programs: PostgresPrograms, dataOwner: Identity | null): ServerUser {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && isInPasswd()) return { prefix: [], identity: null };

  const namespaced: ServerUser = { prefix: IN_NAMESPACE, identity: null };
  const isDataOurs = dataOwner === null || dataOwner.uid === process.getuid?.();
  if (isDataOurs && canRun(namespaced, programs)) return namespaced;

  if (!isRoot) throw noServerUser('this user is not in /etc/passwd');
  if (dataOwner?.uid === 0) throw noServerUser('the data was made by root in a user namespace');
  const identity = dataOwner ?? identityOf('postgres') ?? identityOf('nobody');
  if (identity === null) throw noServerUser('there is neither a user "postgres" nor "nobody"');
  return { prefix: [], identity };
}

/** Whether the user can start the server's program at all: it may be out of reach. */
export const canRun = (user: ServerUser, programs: PostgresPrograms) =>
  serverVersion(user, programs).status === 0;

/** PostgreSQL's major version; throws DatabaseStartError PROGRAM_UNUSABLE when it does not run. */
export function majorVersion(user: ServerUser, programs: PostgresPrograms): string {
  const { status, stdout, stderr, error } = serverVersion(user, programs);
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (status === 0 && major !== undefined) return major;
  throw new DatabaseStartError(
    'PROGRAM_UNUSABLE',
    `PostgreSQL ${programs.version} does not run here (it needs glibc or macOS): ` +
      (error?.message ?? stderr.trim().split('\n').at(-1) ?? `exit status ${status ?? 'none'}`),
  );
}

/** Whether the user can get to the directory, past all folders above it, and enter or write it. */
export function can(user: ServerUser, what: 'enter' | 'write', directory: string): boolean {
  const test = ['test', '-x', directory, ...(what === 'write' ? ['-a', '-w', directory] : [])];
  return runAs(user, [...user.prefix, ...test]).status === 0;
}

/** The environment of PostgreSQL's programs: nothing of ours, such as PGPORT, may leak into them. */
export const programEnvironment = (programs: PostgresPrograms) => ({
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
  // The programs find their libraries by themselves, but the libraries do not find each other.
  LD_LIBRARY_PATH: join(programs.root, 'lib'),
});

const serverVersion = (user: ServerUser, programs: PostgresPrograms) =>
  runAs(user, [...user.prefix, join(programs.root, 'bin/postgres'), '--version'], programs);

function runAs(user: ServerUser, command: readonly string[], programs?: PostgresPrograms) {
  const [program = '', ...args] = command;
  return spawnSync(program, args, {
    ...user.identity,
    cwd: '/', // Ours may be out of that user's reach.
    encoding: 'utf8',
    ...(programs && { env: programEnvironment(programs) }),
  });
}

function isInPasswd(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

function identityOf(name: string): Identity | null {
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [user, group] = [id('-u'), id('-g')];
  if (user.status !== 0 || group.status !== 0) return null;
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}

const noServerUser = (reason: string) =>
  new DatabaseStartError(
    'NO_SERVER_USER',
    `PostgreSQL cannot run as this user, and no other can stand in: ${reason}. ` +
      `Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  );
