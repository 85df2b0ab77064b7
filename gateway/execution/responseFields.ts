/** Which fields a selection asks of one type: CollectFields of the specification, ahead of time. */

import {
  isAbstractType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql';
import { both, conditionOf, either, type Condition } from './conditions.js';

export type CompositeType = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

/** A selection set, and when it counts. */
export interface Selections {
  readonly selectionSet: SelectionSetNode;
  readonly condition: Condition;
}

export interface ResponseField {
  /** Its alias, or else its name. */
  readonly key: string;
  readonly name: string;
  readonly condition: Condition;
  /** What is selected below it, from all its occurrences; empty for a leaf. */
  readonly below: readonly Selections[];
}

export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

interface Occurrence {
  readonly name: string;
  readonly condition: Condition;
  readonly selectionSet: SelectionSetNode | undefined;
}

/** In the order of their first occurrence. Fields that can never be included are left out. */
export function responseFields(
  type: CompositeType,
  selections: readonly Selections[],
  scope: SelectionScope,
): ResponseField[] {
  const occurrences = new Map<string, Occurrence[]>();
  for (const { selectionSet, condition } of selections) {
    collect(selectionSet, condition, type, scope, occurrences);
  }
  return [...occurrences].map(([key, all]) => merged(key, all));
}

function collect(
  selectionSet: SelectionSetNode,
  outer: Condition,
  type: CompositeType,
  scope: SelectionScope,
  found: Map<string, Occurrence[]>,
): void {
  for (const selection of selectionSet.selections) {
    const condition = both(outer, conditionOf(selection.directives));
    if (condition === false) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const key = selection.alias?.value ?? name;
      const occurrence = { name, condition, selectionSet: selection.selectionSet };
      const known = found.get(key);
      if (known) known.push(occurrence);
      else found.set(key, [occurrence]);
    } else {
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : scope.fragments.get(selection.name.value);
      if (fragment && fits(fragment, type, scope.schema)) {
        collect(fragment.selectionSet, condition, type, scope, found);
      }
    }
  }
}

/**
 * An object that does not say its type is read through its interface: then fragments on other
 * interfaces may fit as well, and fields that the data lacks are simply not there.
 */
function fits(
  { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
  type: CompositeType,
  schema: GraphQLSchema,
): boolean {
  if (!typeCondition || typeCondition.name.value === type.name) return true;
  const condition: GraphQLNamedType | undefined = schema.getType(typeCondition.name.value);
  if (!isAbstractType(condition)) return false;
  return !isObjectType(type) || schema.isSubType(condition, type);
}

function merged(key: string, occurrences: readonly Occurrence[]): ResponseField {
  const [first] = occurrences as [Occurrence, ...Occurrence[]];
  const only = occurrences.length === 1;
  return {
    key,
    name: first.name,
    condition: occurrences.map(({ condition }) => condition).reduce(either),
    below: occurrences.flatMap(({ selectionSet, condition }) =>
      // The condition of a single occurrence has been met by the field itself.
      selectionSet ? [{ selectionSet, condition: only ? true : condition }] : [],
    ),
  };
}
