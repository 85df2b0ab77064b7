/** Cases of Derive's standard manager: scenarios with all feeds, and portfolios over shared feeds. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesOfFiles } from './caseFiles.js';
import { isFixtures, readFixtures, type SrmFixtures } from './standardBooks/srmParameters.js';
import { isPortfolio, srmPortfolio } from './standardBooks/srmPortfolio.js';
import { isScenario, srmScenario } from './standardBooks/srmScenario.js';
import { UnreadableVectors, type VectorCase, type VectorSet } from './vectorSet.js';

export const deriveSrm: VectorSet = {
  name: 'derive-srm',
  cases(directory) {
    const fixtures = fixturesIn(directory);
    return casesOfFiles(directory, '.json', (text, file) => {
      const json: unknown = JSON.parse(text);
      if (isFixtures(json)) return [];
      if (typeof json !== 'object' || json === null) throw new TypeError('not an object of cases');
      return Object.entries(json).map(([id, one]) => caseOf(`${file} ${id}`, id, one, fixtures));
    });
  },
};

function caseOf(place: string, id: string, json: unknown, fixtures: SrmFixtures): VectorCase {
  if (isScenario(json)) return srmScenario(id, json, fixtures);
  if (isPortfolio(json)) return srmPortfolio(id, json, fixtures);
  throw new TypeError(`${place}: neither a scenario nor a portfolio`);
}

/** The one file of the set that holds parameters. Throws UnreadableVectors without it. */
function fixturesIn(directory: string): SrmFixtures {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    const path = join(directory, file);
    const json = jsonIn(path);
    if (!isFixtures(json)) continue;
    try {
      return readFixtures(json);
    } catch (error) {
      throw new UnreadableVectors(path, error);
    }
  }
  throw new UnreadableVectors(directory, 'holds no file with srm_params');
}

/** Null for a file that is not JSON: it fails where its cases are read. */
function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
