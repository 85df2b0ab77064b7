/** One owner per directory: a lock that a dead owner cannot keep. */

import { readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { DatabaseStartError } from './databaseStartError.js';
import { processStart } from './processStart.js';

/**
 * Takes the lock for this process and returns what releases it. Throws DatabaseStartError IN_USE
 * while its owner lives; `what` names in that message what is locked.
 *
 * The lock is a symbolic link whose target is its owner's id and start: a link appears with its
 * content in one step, so nobody ever reads half a lock.
 */
export function takeStartLock(path: string, what: string): () => void {
  const own = `${process.pid} ${processStart(process.pid) ?? ''}`;
  for (;;) {
    try {
      symlinkSync(own, path);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(path);
    if (owner === null) continue; // Released since we tried.
    if (isAlive(owner)) throw inUse(what, owner);
    removeStale(path, owner, what);
  }
}

function readOwner(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(owner: string): boolean {
  const [pid, ...start] = owner.split(' ');
  return processStart(Number(pid)) === start.join(' ');
}

/**
 * Moves a dead owner's lock aside before removing it: of two processes that both found it dead, the
 * slower one might otherwise remove the lock that the faster one has just taken.
 */
function removeStale(path: string, deadOwner: string, what: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // The other one was faster.
    throw error;
  }
  const moved = readlinkSync(aside);
  if (moved !== deadOwner) {
    renameSync(aside, path);
    throw inUse(what, moved);
  }
  rmSync(aside);
}

function inUse(what: string, owner: string): DatabaseStartError {
  const pid = owner.split(' ')[0] ?? owner;
  return new DatabaseStartError('IN_USE', `${what} is in use by process ${pid}.`);
}
