/** Lays what one subgraph answered over what others have answered before. */

import { isJsonObject, type JsonObject } from '../upstream/subgraphResponse.js';
import { setOwn } from './ownProperty.js';
import type { TypeConditions } from './typeConditions.js';

interface Merge {
  readonly types: TypeConditions;
  /** What becomes of a value that the target does not have yet: the value, or a copy of it. */
  readonly adopt: (value: unknown) => unknown;
}

/** Moves everything in `source` into `target`; `source` must not be used afterwards. */
export function mergeInto(target: JsonObject, source: JsonObject, types: TypeConditions): void {
  mergeObject(target, source, { types, adopt: itself });
}

/** Copies everything in `source` into `target`, sharing no object between the two. */
export function mergeCopyInto(target: JsonObject, source: JsonObject, types: TypeConditions): void {
  mergeObject(target, source, { types, adopt: copyOf });
}

function mergeObject(target: JsonObject, source: JsonObject, merge: Merge): void {
  for (const key of Object.keys(source)) {
    const incoming = source[key];
    const current = Object.hasOwn(target, key) ? target[key] : undefined;
    if (mergeBelow(current, incoming, merge)) continue;
    if (key === '__typename' && saysLess(current, incoming, merge)) continue;
    if (isNews(current, incoming)) setOwn(target, key, merge.adopt(incoming));
  }
}

/** Two answers about the same field list the same items in the same order. */
function mergeArray(target: unknown[], source: readonly unknown[], merge: Merge): void {
  for (const [index, incoming] of source.entries()) {
    const current = target[index];
    if (mergeBelow(current, incoming, merge)) continue;
    if (isNews(current, incoming)) target[index] = merge.adopt(incoming);
  }
}

/** False when the two are not of a kind that has parts. */
function mergeBelow(current: unknown, incoming: unknown, merge: Merge): boolean {
  if (isJsonObject(current) && isJsonObject(incoming)) {
    mergeObject(current, incoming, merge);
    return true;
  }
  if (Array.isArray(current) && Array.isArray(incoming)) {
    mergeArray(current, incoming, merge);
    return true;
  }
  return false;
}

const itself: Merge['adopt'] = (value) => value;

/** What is known stays when another says null: an outage must not erase what others have said. */
const isNews = (current: unknown, incoming: unknown): boolean =>
  current === undefined || incoming !== null;

/** A subgraph with an @interfaceObject names the interface where others have named the type. */
const saysLess = (current: unknown, incoming: unknown, { types }: Merge): boolean =>
  typeof current === 'string' && typeof incoming === 'string' && !types.applies(current, incoming);

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) setOwn(copy, key, copyOf(value[key]));
  return copy;
}
