/**
 * Which object types stand behind each interface and union, and how fields are called, from the
 * supergraph's own SDL.
 */

import { Kind, type DefinitionNode, type DocumentNode } from 'graphql';

/**
 * Read from the supergraph and not from the API schema, because plans speak of types that are
 * `@inaccessible` too.
 */
export class TypeConditions {
  /** Of all fields of all types, `@inaccessible` ones included. */
  readonly fieldNames: ReadonlySet<string>;
  readonly #possibleTypes = new Map<string, Set<string>>();

  constructor(supergraph: DocumentNode) {
    this.fieldNames = new Set(supergraph.definitions.flatMap(fieldNamesOf));
    for (const definition of supergraph.definitions) {
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
        for (const { name } of definition.interfaces ?? [])
          this.#add(name.value, definition.name.value);
      } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
        for (const { name } of definition.types ?? []) this.#add(definition.name.value, name.value);
      }
    }
  }

  /** Whether `... on condition` applies to an object that calls itself `typename`. */
  applies(condition: string, typename: string): boolean {
    return condition === typename || this.#possibleTypes.get(condition)?.has(typename) === true;
  }

  /** Like `applies` for any of them; what does not say its type is taken at its word. */
  anyApplies(conditions: readonly string[], typename: unknown): boolean {
    if (typeof typename !== 'string') return true;
    return conditions.some((condition) => this.applies(condition, typename));
  }

  #add(abstractType: string, objectType: string): void {
    const known = this.#possibleTypes.get(abstractType);
    if (known) known.add(objectType);
    else this.#possibleTypes.set(abstractType, new Set([objectType]));
  }
}

const fieldNamesOf = (definition: DefinitionNode): string[] =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ? (definition.fields ?? []).map(({ name }) => name.value)
    : [];
