/** `npm run vectors -- --from DIR`: checks every set of published numbers that DIR holds. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkedSet, type CheckedSet } from './checkedSet.js';
import { vectorSets } from './vectorSets.js';

const DEFAULT = fileURLToPath(new URL('../../../shared/vectors', import.meta.url));

process.exitCode = main(process.argv.slice(2));

/** The exit status: 0 when all that was found passes, 1 when something fails, 2 for wrong usage. */
function main(words: readonly string[]): number {
  const directory = directoryOf(words);
  if (directory === null) return 2;
  if (!existsSync(directory)) {
    console.error(`vectors: there is no folder ${directory}; name one with --from DIR`);
    return 2;
  }
  const folders = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  if (folders.length === 0) console.error(`vectors: ${directory} holds no set`);
  const results = folders.map((folder) => checkFolder(directory, folder));
  return folders.length > 0 && results.every((isGood) => isGood) ? 0 : 1;
}

function directoryOf(words: readonly string[]): string | null {
  try {
    const { values } = parseArgs({ args: [...words], options: { from: { type: 'string' } } });
    return values.from ?? DEFAULT;
  } catch (error) {
    console.error(`vectors: ${(error as Error).message}`);
    return null;
  }
}

function checkFolder(directory: string, folder: string): boolean {
  const set = vectorSets.find(({ name }) => name === folder);
  if (set === undefined) {
    const known = vectorSets.map(({ name }) => name).join(', ');
    console.log(
      `${folder} is not a set that we know, so nothing in it was checked; known: ${known}`,
    );
    return true;
  }
  const result = checkedSet(set, join(directory, folder));
  print(result);
  return result.failures.length === 0;
}

function print({ name, total, failures, worstRelativeError }: CheckedSet): void {
  console.log(`${name} ${total - failures.length}/${total} ${worstRelativeError.toExponential(1)}`);
  for (const { id, reason } of failures) console.log(`  ${id}: ${reason}`);
}
