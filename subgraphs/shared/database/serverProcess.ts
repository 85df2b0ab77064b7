/** One run of PostgreSQL's server: started, watched until it takes connections, and stopped. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataDirectory } from './dataDirectory.js';
import { DatabaseStartError, essence } from './databaseStartError.js';
import { clusterName, endServer, postmasterLines } from './endServer.js';
import type { PostgresPrograms } from './postgresPrograms.js';
import { programEnvironment, type ServerUser } from './serverUser.js';

export interface ServerProcess {
  readonly pid: number;
  /** On 127.0.0.1. */
  readonly port: number;
  /** Resolves when the server has ended, however that came. */
  readonly exited: Promise<void>;
  /** Ends every session, writes everything out, and resolves when the server is gone. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const LOG_BYTES_MAX = 10_000_000;

/** Another process took the port in between, or a killed server's last children are still ending. */
const PASSING_TROUBLE = /Address already in use|pre-existing shared memory block/;
const ATTEMPTS_MAX = 10;

/**
 * Starts the server on a free port. Call it on the main thread: on Linux the server ends with the
 * thread that started it. Throws DatabaseStartError SERVER_FAILED with the reason that it gave.
 */
export async function startServer(
  directory: DataDirectory,
  programs: PostgresPrograms,
  user: ServerUser,
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const logStart = startLog(directory.log);
    const child = spawnServer(directory, programs, user, { ...settings, port: String(port) });
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const pid = await readyPid(child, directory.data);
    if (pid !== null) return { pid, port, exited, stop: () => endServer(pid).then(() => exited) };

    const output = readFileSync(directory.log).subarray(logStart).toString();
    if (attempt === ATTEMPTS_MAX || !PASSING_TROUBLE.test(output)) {
      throw new DatabaseStartError(
        'SERVER_FAILED',
        `PostgreSQL did not start: ${essence(output)} (see ${directory.log})`,
      );
    }
    await delay(200);
  }
}

function spawnServer(
  directory: DataDirectory,
  programs: PostgresPrograms,
  user: ServerUser,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const [program = '', ...args] = [
    ...user.prefix,
    ...endingWithOwner(),
    'postgres',
    ...Object.entries({ ...settings, cluster_name: clusterName(directory.data) }).flatMap(
      ([name, value]) => ['-c', `${name}=${value}`],
    ),
  ];
  const log = openSync(directory.log, 'a', 0o600);
  const child = spawn(program, args, {
    ...user.identity,
    cwd: '/',
    env: serverEnvironment(programs, directory.data),
    // In a session of its own, so that Ctrl-C reaches the services first and the server last.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

/** Found by its name and told by a variable, so that `ps` shows what it is instead of long paths. */
function serverEnvironment(programs: PostgresPrograms, data: string) {
  const environment = programEnvironment(programs);
  const PATH = [join(programs.root, 'bin'), environment.PATH].join(':');
  return { ...environment, PATH, PGDATA: data };
}

/** Has the kernel stop the server when this process dies, be it by kill -9; Linux only. */
function endingWithOwner(): string[] {
  const command = ['setpriv', '--pdeathsig', 'INT'];
  const isThere = spawnSync('setpriv', ['--pdeathsig', 'INT', 'true']).status === 0;
  return isThere ? command : [];
}

/** Resolves to the server's process id once it takes connections; to null when it ended instead. */
async function readyPid(child: ChildProcess, data: string): Promise<number | null> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    // Line 8 is what pg_ctl waits for as well; line 1 tells this server's file from an older one.
    const lines = postmasterLines(data);
    if (lines[0] === String(child.pid) && lines[7]?.startsWith('ready')) return child.pid;
    if (performance.now() > deadline) await endServer(child.pid);
    await delay(20);
  }
  return null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts a new log once the old one has grown long; returns where this run's output begins. */
function startLog(path: string): number {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size < LOG_BYTES_MAX) return size;
  closeSync(openSync(path, 'w'));
  return 0;
}
