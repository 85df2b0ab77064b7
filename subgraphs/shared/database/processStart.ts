/** Tells a living process from a dead one, and from a later one that was given the same id. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When the process started, as text to compare with later answers only; null when there is no such
 * process, or only its unread exit status is left.
 */
export function processStart(pid: number): string | null {
  return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
}

/** The command line of a living process, arguments separated by blanks; null when it is gone. */
export function processCommand(pid: number): string | null {
  if (processStart(pid) === null) return null;
  if (process.platform !== 'linux') return ps(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return null; // It ended meanwhile.
  }
}

/** Slim container images have no `ps`, but Linux always has /proc. */
function startFromProc(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // Fields count from behind the command name, which may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isGone = fields[0] === 'Z' || fields[0] === 'X';
  return isGone ? null : (fields[19] ?? null); // Field 22 of proc(5), in ticks since boot.
}

function startFromPs(pid: number): string | null {
  const isGone = ps(pid, 'state=')?.startsWith('Z') ?? true;
  return isGone ? null : ps(pid, 'lstart=');
}

function ps(pid: number, column: string): string | null {
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  });
  return status === 0 ? stdout.trim() : null;
}
