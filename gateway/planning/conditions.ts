/** `@skip` and `@include`, decided by the values of the variables. */

import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { Variables } from '../execution/operationRun.js';

/** Whether a field or fragment with these directives is in the answer. */
export function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  variables: Variables,
): boolean {
  return (directives ?? []).every((directive) => {
    if (!isCondition(directive)) return true;
    const value = directive.arguments?.[0]?.value;
    const isTrue =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return isTrue === (directive.name.value === 'include');
  });
}

/** Variables that decide what is in the answer, in a fixed order. */
export function conditionVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly string[] {
  const declared = new Set(operation.variableDefinitions?.map((one) => one.variable.name.value));
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = directive.arguments?.[0]?.value;
      if (!isCondition(directive) || value?.kind !== Kind.VARIABLE) return;
      if (declared.has(value.name.value)) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

const isCondition = ({ name }: DirectiveNode) => name.value === 'include' || name.value === 'skip';
