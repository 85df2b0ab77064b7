/** The tables of an open-source risk engine's example; see the folder's PROVENANCE.md. */

import { join } from 'node:path';
import { marginCases } from './sensitivityPacks/marginTable.js';
import { packFolder, type ExpectedTable, type PackFolder } from './sensitivityPacks/packFolder.js';
import { scheduleCases } from './sensitivityPacks/scheduleTables.js';
import { UnreadableVectors, type VectorCase, type VectorSet } from './vectorSet.js';

export const oreSimm: VectorSet = {
  name: 'ore-simm',
  cases: (directory) => {
    const folder = packFolder(directory);
    return [
      ...folder.expected.flatMap((table) => casesOf(table, folder, directory)),
      ...folder.unreadable.map((error) => failing(error)),
    ];
  },
};

function casesOf(
  table: ExpectedTable,
  folder: PackFolder,
  directory: string,
): readonly VectorCase[] {
  try {
    return table.kind === 'MARGIN' ? marginCases(table, folder) : scheduleCases(table, folder);
  } catch (cause) {
    return [failing(new UnreadableVectors(join(directory, table.file), cause))];
  }
}

/** So that the other files of the folder are still checked. */
const failing = (error: UnreadableVectors): VectorCase => ({
  id: error.message.split(': ')[0] ?? '',
  check: () => {
    throw error;
  },
});
