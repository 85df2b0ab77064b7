/**
 * Recorded responses in place of a venue: `«directory»/«account id»/«response».json`, read again at
 * every poll. Editing a file moves the venue, and a broken file is a broken answer.
 */

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResponseSource } from './venueAdapter.js';

export function replayResponses(directory: string): ResponseSource {
  return {
    async accounts() {
      const entries = await readdir(directory, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    async responses(accountId, names, signal) {
      const read = async (name: string) =>
        [name, await textOf(path.join(directory, accountId, `${name}.json`), signal)] as const;
      const bodies = await Promise.all(names.map(read));
      return new Map(bodies.filter((entry): entry is [string, string] => entry[1] !== null));
    },
  };
}

/** Null when there is no such file. */
async function textOf(file: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await readFile(file, { encoding: 'utf8', signal });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
