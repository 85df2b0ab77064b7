/** Under which keys of the response a root fetch answers, for errors about it as a whole. */

import { getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql';
import { both, conditionOf, holds, type Condition } from './conditions.js';
import type { Variables } from './operationRun.js';

interface RootField {
  readonly key: string;
  readonly condition: Condition;
}

/** `operation` is the planner's text: its root has fields and inline fragments only. */
export function compileRootFields(operation: string): (variables: Variables) => string[] {
  const root = getOperationAST(parse(operation, { noLocation: true }))?.selectionSet;
  const fields = root ? fieldsOf(root, true) : [];
  return (variables) => {
    const asked = fields.filter(({ condition }) => holds(condition, variables));
    return [...new Set(asked.map(({ key }) => key))];
  };
}

function fieldsOf({ selections }: SelectionSetNode, outer: Condition): RootField[] {
  return selections.flatMap((selection) => {
    const condition = both(outer, conditionOf(selection.directives));
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, condition);
    if (selection.kind === Kind.FRAGMENT_SPREAD || selection.name.value === '__typename') return [];
    return [{ key: selection.alias?.value ?? selection.name.value, condition }];
  });
}
