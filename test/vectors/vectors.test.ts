import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkedSet } from './checkedSet.js';
import { vectorSets } from './vectorSets.js';

const folder = (name: string) =>
  fileURLToPath(new URL(`../../../shared/vectors/${name}`, import.meta.url));

// Numbers that nobody here wrote, with the tolerance that each set's PROVENANCE gives.
describe('published numbers', () => {
  for (const set of vectorSets) {
    const directory = folder(set.name);
    // A stranger's clone has no vectors: the test then says that it was skipped.
    it.skipIf(!existsSync(directory))(`of ${set.name} are met, case by case`, () => {
      expect(checkedSet(set, directory).failures).toEqual([]);
    });
  }
});
