/**
 * Rewrites an operation into the form that the planner is safest with, and takes from it what the
 * schema answers for itself.
 */

import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  print,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  variableConditions,
  withConditions,
  type VariableCondition,
} from './variableConditions.js';

export interface NormalizedOperation {
  /** For the planner; undefined when there is nothing to plan. */
  readonly planned: string | undefined;
  /** The operation with its `__schema` and `__type` fields only; undefined when it has none. */
  readonly introspection: DocumentNode | undefined;
}

/** Fragments of fragments can name more fields than anybody can ask for. */
export class TooManySelections extends Error {
  override readonly name = 'TooManySelections';
}

const SELECTIONS_MAX = 20_000;

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The planner inlines fragments as well, but fails on a conditional fragment inside one of the same
 * type, on selections that literal conditions leave empty, and on introspection. So: no fragments
 * but those that narrow the type, conditions on fields only, nothing empty. Throws TooManySelections.
 */
export function normalizeOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): NormalizedOperation {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const normalizer = new Normalizer(schema, document);
  const selections = normalizer.selections(operation.selectionSet, root, []);
  const data = selections.filter((one) => !rootName(one).startsWith('__'));
  const ofSchema = selections.filter((one) => /^__(schema|type)$/.test(rootName(one)));

  const documentOf = (kept: SelectionNode[], fragments: readonly FragmentDefinitionNode[]) =>
    kept.length === 0
      ? undefined
      : {
          ...document,
          definitions: [{ ...operation, selectionSet: selectionSet(kept) }, ...fragments],
        };
  const planned = documentOf(data, []);
  return {
    planned: planned && print(planned),
    introspection: documentOf(ofSchema, [...normalizer.fragments.values()]),
  };
}

/** A field at the root may stand in a fragment that carries its conditions. */
function rootName(selection: SelectionNode): string {
  if (selection.kind === Kind.FIELD) return selection.name.value;
  const [inner] = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet.selections : [];
  return inner ? rootName(inner) : '';
}

class Normalizer {
  readonly #schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #left = SELECTIONS_MAX;

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** `outer` are the conditions of fragments around, which go to the fields. */
  selections(
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    outer: readonly VariableCondition[],
  ): SelectionNode[] {
    return selections.flatMap((selection) => {
      this.#left -= 1;
      if (this.#left < 0) throw new TooManySelections('The operation selects too much.');
      const conditions = variableConditions(selection.directives, outer);
      if (!conditions) return [];
      if (selection.kind === Kind.FIELD) {
        return [withConditions(this.#field(selection, parent), conditions, parent.name)];
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : this.fragments.get(selection.name.value);
      return fragment ? this.#fragment(fragment, parent, conditions) : [];
    });
  }

  #field(field: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const definition = isUnionType(parent) ? undefined : parent.getFields()[field.name.value];
    const type = definition && getNamedType(definition.type);
    if (!field.selectionSet || !isCompositeType(type)) return field;
    const below = this.selections(field.selectionSet, type, []);
    return { ...field, selectionSet: selectionSet(below.length > 0 ? below : [TYPENAME]) };
  }

  #fragment(
    fragment: InlineFragmentNode | FragmentDefinitionNode,
    parent: GraphQLCompositeType,
    conditions: readonly VariableCondition[],
  ): SelectionNode[] {
    const type = this.#schema.getType(fragment.typeCondition?.name.value ?? parent.name);
    if (!isCompositeType(type)) return [];
    if (type === parent) return this.selections(fragment.selectionSet, parent, conditions);
    if (isObjectType(parent)) {
      const fits = isAbstractType(type) && this.#schema.isSubType(type, parent);
      return fits ? this.selections(fragment.selectionSet, parent, conditions) : [];
    }
    const selections = this.selections(fragment.selectionSet, type, conditions);
    return selections.length > 0 ? [narrowed(type.name, selections)] : [];
  }
}

const selectionSet = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});

const narrowed = (type: string, selections: readonly SelectionNode[]): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
  selectionSet: selectionSet(selections),
});
