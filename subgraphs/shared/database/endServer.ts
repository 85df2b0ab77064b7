/** Ends a PostgreSQL server by its process id, gently first. */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processCommand, processStart } from './processStart.js';

/** How PostgreSQL takes them: end all sessions; the same without writing everything out; at once. */
const STEPS = [
  { signal: 'SIGINT', timeoutMs: 10_000 },
  { signal: 'SIGQUIT', timeoutMs: 5_000 },
  { signal: 'SIGKILL', timeoutMs: 5_000 },
] as const;

const POLL_MS = 20;

/** Resolves when the process is gone, at once when it already was. */
export async function endServer(pid: number): Promise<void> {
  const start = processStart(pid);
  const isGone = () => start === null || processStart(pid) !== start;
  for (const { signal, timeoutMs } of STEPS) {
    if (isGone()) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    for (let waitedMs = 0; waitedMs < timeoutMs && !isGone(); waitedMs += POLL_MS) {
      await delay(POLL_MS);
    }
  }
}

/**
 * Ends the server that a killed owner left on this data, if there is one. The caller holds the lock,
 * so nobody else can be using it rightly.
 */
export async function endLeftoverServer(data: string): Promise<void> {
  const [pid] = postmasterLines(data);
  if (pid === undefined) return;
  if (processCommand(Number(pid))?.includes(clusterName(data))) await endServer(Number(pid));
  disown(data);
}

/** What a server on this data calls itself, in its arguments and in the titles of its processes. */
export const clusterName = (data: string) =>
  `margin-graph-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;

/**
 * Makes the file that a dead server left behind name us. A new server takes a file that names its
 * parent for stale, and then still looks for children of the dead one. Left as it was, it would take
 * the dead one for alive while nobody has read its exit status, or a stranger that was given its id.
 * Source: CreateLockFile in PostgreSQL's miscinit.c.
 */
function disown(data: string): void {
  const [, ...rest] = postmasterLines(data);
  if (rest.length === 0) return; // A server that is stopped in order removes its file.
  writeFileSync(join(data, 'postmaster.pid'), [process.pid, ...rest].join('\n'));
}

/** Lines of the file in which a server says who and how far it is; empty while there is none. */
export function postmasterLines(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
