/** Leaves out of an operation what its caller may not read, before anybody is asked for it. */

import {
  getNamedType,
  isCompositeType,
  isUnionType,
  Kind,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { READS_ALL, type AccessView, type Requirement } from './accessRules.js';

export interface Denied {
  /** `Type` or `Type.field`. */
  readonly coordinates: string;
  readonly requirement: Requirement;
}

export interface Permitted {
  readonly operation: OperationDefinitionNode;
  /** What was left out, in the order of the operation. */
  readonly denied: readonly Denied[];
}

/**
 * Takes a normalized operation. What is denied only for some of the types that a selection on an
 * interface or union may meet is still asked for; it is left out when the answer is completed.
 */
export function withoutDenied(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  view: AccessView,
): Permitted {
  const root = schema.getRootType(operation.operation);
  if (view === READS_ALL || !root) return { operation, denied: [] };
  const denied: Denied[] = [];

  const isDenied = (...coordinates: readonly string[]): boolean =>
    coordinates.some((one) => {
      const requirement = view.denies(one);
      if (requirement) denied.push({ coordinates: one, requirement });
      return requirement !== undefined;
    });

  const selectionSet = (
    { selections, ...rest }: SelectionSetNode,
    parent: GraphQLCompositeType,
  ): SelectionSetNode => ({
    ...rest,
    selections: selections.flatMap((one) => selection(one, parent)),
  });

  const selection = (node: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return field(node, parent);
    if (node.kind === Kind.FRAGMENT_SPREAD) return [node];
    const type = schema.getType(node.typeCondition?.name.value ?? parent.name);
    if (!isCompositeType(type) || isDenied(type.name)) return [];
    return [{ ...node, selectionSet: selectionSet(node.selectionSet, type) }];
  };

  const field = (node: FieldNode, parent: GraphQLCompositeType): FieldNode[] => {
    const name = node.name.value;
    const definition = isUnionType(parent) ? undefined : parent.getFields()[name];
    if (!definition) return [node];
    const type = getNamedType(definition.type);
    if (isDenied(`${parent.name}.${name}`, type.name)) return [];
    if (!node.selectionSet || !isCompositeType(type)) return [node];
    return [{ ...node, selectionSet: selectionSet(node.selectionSet, type) }];
  };

  if (isDenied(root.name)) {
    const empty: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };
    return { operation: { ...operation, selectionSet: empty }, denied };
  }
  return {
    operation: { ...operation, selectionSet: selectionSet(operation.selectionSet, root) },
    denied,
  };
}
