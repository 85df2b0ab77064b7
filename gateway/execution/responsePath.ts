/** Paths of values in the response, as errors name them. */

import type { PathKey } from '../upstream/subgraphResponse.js';

/** A path as a chain from its end to its beginning, so that siblings share what they have in common. */
export interface ResponsePath {
  readonly parent: ResponsePath | undefined;
  readonly key: PathKey;
}

/** Undefined is the root. */
export function pathArray(path: ResponsePath | undefined): PathKey[] {
  const keys: PathKey[] = [];
  for (let at = path; at; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

/** The longest path that all begin with: where several values hang together. */
export function commonPath(paths: readonly (ResponsePath | undefined)[]): PathKey[] {
  const [first = [], ...others] = paths.map(pathArray);
  const length = others.reduce((shared, path) => sharedLength(first, path, shared), first.length);
  return first.slice(0, length);
}

function sharedLength(a: readonly PathKey[], b: readonly PathKey[], max: number): number {
  let length = 0;
  while (length < max && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
