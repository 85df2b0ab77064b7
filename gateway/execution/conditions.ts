/** `@skip` and `@include`, compiled to what remains to be decided when the variables are known. */

import { Kind, type DirectiveNode, type ValueNode } from 'graphql';
import type { Variables } from './operationRun.js';

/** A literal has decided already; a function decides for each run. */
export type Condition = boolean | ((variables: Variables) => boolean);

/** Whether a field or fragment with these directives is in the answer. */
export function conditionOf(directives: readonly DirectiveNode[] | undefined): Condition {
  let condition: Condition = true;
  for (const { name, arguments: given } of directives ?? []) {
    const value = given?.[0]?.value;
    if (!value) continue;
    if (name.value === 'include') condition = both(condition, isTrue(value));
    if (name.value === 'skip') condition = both(condition, negated(isTrue(value)));
  }
  return condition;
}

export function both(a: Condition, b: Condition): Condition {
  if (a === false || b === true) return a;
  if (b === false || a === true) return b;
  return (variables) => a(variables) && b(variables);
}

export function either(a: Condition, b: Condition): Condition {
  if (a === true || b === false) return a;
  if (b === true || a === false) return b;
  return (variables) => a(variables) || b(variables);
}

export const holds = (condition: Condition, variables: Variables): boolean =>
  typeof condition === 'boolean' ? condition : condition(variables);

function isTrue(value: ValueNode): Condition {
  if (value.kind !== Kind.VARIABLE) return value.kind === Kind.BOOLEAN && value.value;
  const name = value.name.value;
  return (variables) => variables[name] === true;
}

const negated = (condition: Condition): Condition =>
  typeof condition === 'boolean' ? !condition : (variables) => !condition(variables);
