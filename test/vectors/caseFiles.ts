/** The files of a set, where one that cannot be read costs only its own cases. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableVectors, type VectorCase } from './vectorSet.js';

/**
 * The cases of every file in `directory` whose name ends so, in the order of their names. A file
 * that cannot be read stands in the list as one case that fails with the reason.
 */
export function casesOfFiles(
  directory: string,
  extension: string,
  read: (text: string, file: string) => readonly VectorCase[],
): readonly VectorCase[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(extension));
  return files.sort().flatMap((file) => {
    try {
      return read(readFileSync(join(directory, file), 'utf8'), file);
    } catch (error) {
      return [unreadable(join(directory, file), error)];
    }
  });
}

const unreadable = (path: string, error: unknown): VectorCase => ({
  id: path,
  check() {
    throw error instanceof UnreadableVectors ? error : new UnreadableVectors(path, error);
  },
});
