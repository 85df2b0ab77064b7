/** Conditions that only a run's variables decide, taken off selections and put onto fields. */

import { Kind, type DirectiveNode, type FieldNode, type InlineFragmentNode } from 'graphql';

export interface VariableCondition {
  readonly directive: 'include' | 'skip';
  readonly variable: string;
}

/** Together with those `outer`; undefined when nothing can make them all true. */
export function variableConditions(
  directives: readonly DirectiveNode[] | undefined,
  outer: readonly VariableCondition[],
): readonly VariableCondition[] | undefined {
  const all = new Map(outer.map((condition) => [keyOf(condition), condition]));
  for (const { name, arguments: given } of directives ?? []) {
    const directive = name.value;
    const value = given?.[0]?.value;
    if ((directive !== 'include' && directive !== 'skip') || !value) continue;
    if (value.kind === Kind.BOOLEAN) {
      if (value.value !== (directive === 'include')) return undefined;
    } else if (value.kind === Kind.VARIABLE) {
      const condition = { directive, variable: value.name.value } as const;
      all.set(keyOf(condition), condition);
    }
  }
  const conditions = [...all.values()];
  const isContradicted = conditions.some(
    ({ directive, variable }) => directive === 'include' && all.has(`skip ${variable}`),
  );
  return isContradicted ? undefined : conditions;
}

const keyOf = ({ directive, variable }: VariableCondition) => `${directive} ${variable}`;

/**
 * The field under these conditions in place of its own. A field takes one directive of each name;
 * further ones go onto fragments around it.
 */
export function withConditions(
  field: FieldNode,
  conditions: readonly VariableCondition[],
  parentType: string,
): FieldNode | InlineFragmentNode {
  const own = (['include', 'skip'] as const).flatMap(
    (name) => conditions.find(({ directive }) => directive === name) ?? [],
  );
  const others = conditions.filter((condition) => !own.includes(condition));
  const kept = (field.directives ?? []).filter(
    ({ name }) => name.value !== 'include' && name.value !== 'skip',
  );
  const conditional: FieldNode = { ...field, directives: [...kept, ...own.map(directiveNode)] };
  return others.reduce<FieldNode | InlineFragmentNode>(
    (inner, condition) => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: parentType } },
      directives: [directiveNode(condition)],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] },
    }),
    conditional,
  );
}

const directiveNode = ({ directive, variable }: VariableCondition): DirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: directive },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'if' },
      value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    },
  ],
});
