/** Looks for the calibration of a version among the XML files of folders. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableVectors } from '../vectorSet.js';
import { calibrations, type Calibration } from './calibration.js';
import { xmlElement, type XmlElement } from './xmlElement.js';

/** Throws UnreadableVectors on a file that is not XML. */
export function xmlFiles(directory: string): ReadonlyMap<string, XmlElement> {
  const names = existsSync(directory) ? readdirSync(directory).sort() : [];
  return new Map(
    names
      .filter((name) => name.endsWith('.xml'))
      .map((name) => {
        const file = join(directory, name);
        try {
          return [name, xmlElement(readFileSync(file, 'utf8'))];
        } catch (cause) {
          throw new UnreadableVectors(file, cause);
        }
      }),
  );
}

/** By version name; of several files with one name, the first by theirs. */
export function calibrationsIn(directory: string): ReadonlyMap<string, Calibration> {
  const found = new Map<string, Calibration>();
  for (const [name, element] of xmlFiles(directory)) {
    if (element.name !== 'SIMMCalibrationData') continue;
    try {
      for (const calibration of calibrations(element)) {
        for (const version of calibration.versions) {
          if (!found.has(version)) found.set(version, calibration);
        }
      }
    } catch (cause) {
      throw new UnreadableVectors(join(directory, name), cause);
    }
  }
  return found;
}

/** In the first folder that has one. Throws without. */
export function calibrationOf(version: string, directories: readonly string[]): Calibration {
  for (const directory of directories) {
    const found = calibrationsIn(directory).get(version);
    if (found !== undefined) return found;
  }
  throw new Error(`no calibration ${version} in ${directories.join(' or ')}`);
}
