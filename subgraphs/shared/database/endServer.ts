/** Ends a PostgreSQL server by its process id, gently first. */

import { readFileSync, rmSync } from 'node:fs';
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
  const pid = runningServer(data);
  if (pid === null) return;
  if (processCommand(pid)?.includes(data)) await endServer(pid);
  // Its id may have passed to a stranger, whom PostgreSQL would take for the server.
  else rmSync(join(data, 'postmaster.pid'));
}

/** The process that `postmaster.pid` names, if it lives; null otherwise. */
function runningServer(data: string): number | null {
  const pid = Number(postmasterLines(data)[0]);
  return pid > 0 && processStart(pid) !== null ? pid : null;
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
