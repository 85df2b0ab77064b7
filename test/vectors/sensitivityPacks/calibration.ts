/** Finds a calibration of the published form among XML files, and reads its tables. */

import type { Grouping } from '../../../subgraphs/margin/domain/sensitivity/lookup.js';
import { numberOf, requiredAt, type XmlElement } from './xmlElement.js';

/** One calibration of a file: names of its version, and the tables by risk class. */
export interface Calibration {
  readonly versions: readonly string[];
  readonly root: XmlElement;
}

export function calibrations(file: XmlElement): readonly Calibration[] {
  return file.children
    .filter(({ name }) => name === 'SIMMCalibration')
    .map((root) => ({
      versions: requiredAt(root, 'VersionNames').children.map(({ text }) => text),
      root,
    }));
}

/** The children of the element at `path` that holds for this many days; empty without. */
export function entriesFor(
  riskClass: XmlElement,
  path: string,
  marginPeriodDays: number,
): readonly XmlElement[] {
  return elementFor(riskClass, path, marginPeriodDays)?.children ?? [];
}

/** The number of the element at `path` that holds for this many days. */
export function numberFor(riskClass: XmlElement, path: string, marginPeriodDays: number): number {
  const found = elementFor(riskClass, path, marginPeriodDays);
  if (found === null) throw new Error(`no ${riskClass.name}/${path} of ${marginPeriodDays} days`);
  return numberOf(found);
}

function elementFor(riskClass: XmlElement, path: string, days: number): XmlElement | null {
  const [above, name] = [path.slice(0, path.lastIndexOf('/')), path.split('/').at(-1)];
  const siblings = requiredAt(riskClass, above).children.filter((each) => each.name === name);
  return siblings.find(({ attributes }) => attributes.get('mporDays') === String(days)) ?? null;
}

/** Values by the attributes named, in order, joined with «|». */
export const valuesBy = (
  entries: readonly XmlElement[],
  ...attributes: readonly string[]
): ReadonlyMap<string, number> =>
  new Map(
    entries.map((entry) => [
      attributes.map((name) => entry.attributes.get(name) ?? '').join('|'),
      numberOf(entry),
    ]),
  );

/** A list of currencies by bucket; «Other» stands for all the others. */
export function currencyGroups(riskClass: XmlElement, path: string): Grouping {
  const entries = requiredAt(riskClass, `${path}/CurrencyLists`).children.map(
    ({ text, attributes }) => [text, attributes.get('bucket') ?? ''] as const,
  );
  const others = entries.find(([currency]) => currency === 'Other')?.[1];
  if (others === undefined) throw new Error(`${riskClass.name}/${path}: no group of «Other»`);
  return { groups: new Map(entries.filter(([currency]) => currency !== 'Other')), others };
}
