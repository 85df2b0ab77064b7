/** What a supergraph says that its fields cost, and how long their lists may be. */

import {
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
} from 'graphql';
import { featureDirectives } from '../../planning/featureDirectives.js';

/** `@listSize` of a field. Source: the cost specification v0.1. */
export interface ListSize {
  /** When no slicing argument is given. */
  readonly assumedSize: number | undefined;
  /** Arguments that bound the list; `input.first` reaches into an input object. */
  readonly slicingArguments: readonly string[];
  /** The lists that they bound, below the field; empty when it is the field's own list. */
  readonly sizedFields: readonly string[];
}

export class CostRules {
  readonly #weights = new Map<string, number>();
  readonly #listSizes = new Map<string, ListSize>();

  constructor(supergraph: DocumentNode) {
    const directive = featureDirectives(supergraph);
    const cost = directive('cost', 'cost');
    const listSize = directive('cost', 'listSize');
    const weigh = (coordinates: string, directives: readonly ConstDirectiveNode[] | undefined) => {
      const weight = argumentsOf(directives, cost)?.['weight'];
      if (weight !== undefined) this.#weights.set(coordinates, Number(weight));
    };
    const visitField = (type: string, field: FieldDefinitionNode) => {
      const coordinates = `${type}.${field.name.value}`;
      weigh(coordinates, field.directives);
      for (const argument of field.arguments ?? []) {
        weigh(`${coordinates}(${argument.name.value}:)`, argument.directives);
      }
      const size = argumentsOf(field.directives, listSize);
      if (size) this.#listSizes.set(coordinates, listSizeOf(size));
    };
    for (const definition of supergraph.definitions) {
      switch (definition.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION:
          weigh(definition.name.value, definition.directives);
          for (const field of definition.fields ?? []) visitField(definition.name.value, field);
          break;
        case Kind.ENUM_TYPE_DEFINITION:
        case Kind.SCALAR_TYPE_DEFINITION:
          weigh(definition.name.value, definition.directives);
          break;
      }
    }
  }

  /** By schema coordinates: `Type`, `Type.field` or `Type.field(argument:)`. */
  weight(coordinates: string): number | undefined {
    return this.#weights.get(coordinates);
  }

  listSize(coordinates: string): ListSize | undefined {
    return this.#listSizes.get(coordinates);
  }
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const directive = directives?.find((one) => one.name.value === name);
  return (
    directive &&
    Object.fromEntries(
      (directive.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]),
    )
  );
}

const listSizeOf = (given: Readonly<Record<string, unknown>>): ListSize => ({
  assumedSize: typeof given['assumedSize'] === 'number' ? given['assumedSize'] : undefined,
  slicingArguments: texts(given['slicingArguments']),
  sizedFields: texts(given['sizedFields']),
});

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');
