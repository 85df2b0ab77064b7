/** Under which keys of the response a root fetch answers, for errors about it as a whole. */

import { getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql';

/** `operation` is the planner's text. */
export function rootFields(operation: string): string[] {
  const root = getOperationAST(parse(operation, { noLocation: true }))?.selectionSet;
  return root ? [...new Set(keysOf(root))] : [];
}

function keysOf({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return keysOf(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD || selection.name.value === '__typename') return [];
    return [selection.alias?.value ?? selection.name.value];
  });
}
