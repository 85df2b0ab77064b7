/** Which fields a selection asks of one type: CollectFields of the specification, ahead of time. */

import {
  isAbstractType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql';

export interface ResponseField {
  /** Its alias, or else its name. */
  readonly key: string;
  readonly name: string;
  /** Its first occurrence; all have the same arguments. */
  readonly node: FieldNode;
  /** What is selected below it, from all its occurrences; empty for a leaf. */
  readonly below: readonly SelectionSetNode[];
}

/** Of a normalized operation. In the order of their first occurrence. */
export function responseFields(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  schema: GraphQLSchema,
): ResponseField[] {
  const fields = new Map<string, ResponseField & { below: SelectionSetNode[] }>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (fits(selection, type, schema)) collect(selection.selectionSet);
      } else if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const key = selection.alias?.value ?? name;
        const field = fields.get(key) ?? { key, name, node: selection, below: [] };
        fields.set(key, field);
        if (selection.selectionSet) field.below.push(selection.selectionSet);
      }
    }
  };
  selectionSets.forEach(collect);
  return [...fields.values()];
}

/**
 * An object that does not say its type is read through its interface: then fragments on other
 * interfaces may fit as well, and fields that the data lacks are simply not there.
 */
function fits(
  { typeCondition }: InlineFragmentNode,
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
): boolean {
  if (!typeCondition || typeCondition.name.value === type.name) return true;
  const condition = schema.getType(typeCondition.name.value);
  if (!isAbstractType(condition)) return false;
  return !isObjectType(type) || schema.isSubType(condition, type);
}
