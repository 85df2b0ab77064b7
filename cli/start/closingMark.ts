/** Lets a start that comes right after Ctrl-C wait for the one before to end. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processStart } from '../../subgraphs/shared/database/processStart.js';

const POLL_MS = 50;
/** A start takes no longer than this to end. */
const WAIT_MS_MAX = 30_000;

const markOf = (directory: string) => join(directory, 'closing');

/** Says that this process is ending what it runs on the directory; returns what takes that back. */
export function markClosing(directory: string): () => void {
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(markOf(directory), String(process.pid));
  } catch {
    // Nothing runs on a directory that cannot be written, so nobody has to wait for its end.
    return () => undefined;
  }
  return () => rmSync(markOf(directory), { force: true });
}

/** Resolves when no other process is ending what it ran on the directory. */
export async function untilClosed(directory: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS_MAX && isClosing(directory); waitedMs += POLL_MS) {
    await delay(POLL_MS);
  }
}

function isClosing(directory: string): boolean {
  try {
    return processStart(Number(readFileSync(markOf(directory), 'utf8'))) !== null;
  } catch {
    return false; // There is no mark; what else is wrong with the directory, the start itself says.
  }
}
