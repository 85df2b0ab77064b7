import type { ResponseNode } from './responseNode.js';

/** Throws a Refusal at the second row of a key, for then one of the two is wrong or counted twice. */
export function refuseRepeats(
  rows: readonly { readonly node: ResponseNode; readonly key: string }[],
): void {
  const seen = new Map<string, ResponseNode>();
  for (const { node, key } of rows) {
    const first = seen.get(key);
    if (first) throw node.refusal(`${key} again, after ${first.path}`);
    seen.set(key, node);
  }
}
