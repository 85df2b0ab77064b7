/** Reduces an operation, for given conditions, to fields and to fragments that narrow a type. */

import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Variables } from '../execution/operationRun.js';
import { isIncluded } from './conditions.js';

/** Fragments of fragments can name more fields than anybody can ask for. */
export class TooManySelections extends Error {
  override readonly name = 'TooManySelections';

  constructor(readonly max: number) {
    super(`The operation has more than ${max} selections.`);
  }
}

const SELECTIONS_MAX = 20_000;

/**
 * The operation without conditions, without named fragments, and without fragments that say nothing
 * about the type or that no object can fit. Where conditions leave nothing, selection sets are empty. What is below `__schema`
 * and `__type` stays as it is. Throws TooManySelections.
 */
export function normalizeOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): OperationDefinitionNode {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const normalizer = new Normalizer(
    schema,
    new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables,
  );
  return { ...operation, selectionSet: normalizer.selectionSet(operation.selectionSet, root) };
}

class Normalizer {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;
  #left = SELECTIONS_MAX;

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Variables,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  /** `possible` are the types that an object of `parent` may have after the fragments around it. */
  selectionSet(
    selectionSet: SelectionSetNode,
    parent: GraphQLCompositeType,
    possible = this.#possibleTypes(parent),
  ): SelectionSetNode {
    return {
      kind: Kind.SELECTION_SET,
      selections: this.#selections(selectionSet, parent, possible),
    };
  }

  #possibleTypes(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isObjectType(type) ? [type] : this.#schema.getPossibleTypes(type);
  }

  #selections(
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    possible: readonly GraphQLObjectType[],
  ): SelectionNode[] {
    return selections.flatMap((selection) => {
      this.#left -= 1;
      if (this.#left < 0) throw new TooManySelections(SELECTIONS_MAX);
      if (!isIncluded(selection.directives, this.#variables)) return [];
      if (selection.kind === Kind.FIELD) return [this.#field(selection, parent)];
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : this.#fragments.get(selection.name.value);
      return fragment ? this.#fragment(fragment, parent, possible) : [];
    });
  }

  #field({ directives = [], ...field }: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const kept = directives.filter(({ name }) => !/^(skip|include)$/.test(name.value));
    const definition = isUnionType(parent) ? undefined : parent.getFields()[field.name.value];
    const type = definition && getNamedType(definition.type);
    if (!field.selectionSet || !isCompositeType(type)) return { ...field, directives: kept };
    return {
      ...field,
      directives: kept,
      selectionSet: this.selectionSet(field.selectionSet, type),
    };
  }

  #fragment(
    fragment: InlineFragmentNode | FragmentDefinitionNode,
    parent: GraphQLCompositeType,
    possible: readonly GraphQLObjectType[],
  ): SelectionNode[] {
    const type = this.#schema.getType(fragment.typeCondition?.name.value ?? parent.name);
    if (!isCompositeType(type)) return [];
    if (type === parent) return this.#selections(fragment.selectionSet, parent, possible);
    if (isObjectType(parent)) {
      const fits = isAbstractType(type) && this.#schema.isSubType(type, parent);
      return fits ? this.#selections(fragment.selectionSet, parent, possible) : [];
    }
    const narrowed = new Set(this.#possibleTypes(type));
    const both = possible.filter((one) => narrowed.has(one));
    if (both.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
        selectionSet: this.selectionSet(fragment.selectionSet, type, both),
      },
    ];
  }
}
