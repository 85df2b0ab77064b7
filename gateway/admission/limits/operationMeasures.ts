/** How large an operation is when its fragments are written out, without writing them out. */

import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { limitExceeded, type OperationLimits } from './operationLimits.js';

export interface OperationMeasures {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

const NOTHING: OperationMeasures = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };

/** Beyond it nobody counts: no limit on depth is near, and the stack has an end. */
const NESTING_MAX = 1_000;

/**
 * Each fragment is measured once however often it is used, so the time is that of the text, while the
 * counts may grow exponentially with it (and become Infinity). A fragment that contains itself, which
 * validation refuses later, is counted as empty there.
 */
export function operationMeasures(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationMeasures {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const { directives, ...body } = new Measuring(fragments).selections(operation.selectionSet);
  return { ...body, directives: directives + countOf(operation.directives) };
}

/** The first limit that the operation exceeds; undefined when it keeps to all. */
export function exceededLimit(
  measures: OperationMeasures,
  limits: OperationLimits,
): GraphQLError | undefined {
  const exceeded = (['depth', 'aliases', 'rootFields', 'directives'] as const).find(
    (limit) => measures[limit] > limits[limit],
  );
  return exceeded && limitExceeded(exceeded, limits[exceeded], measures[exceeded]);
}

class Measuring {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, OperationMeasures>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments;
  }

  /** `rootFields` counts the fields of this very set; `nesting` is how deep it stands itself. */
  selections({ selections }: SelectionSetNode, nesting = 0): OperationMeasures {
    let { depth, aliases, rootFields, directives } = NOTHING;
    if (nesting > NESTING_MAX) return { depth: Infinity, aliases, rootFields, directives };
    for (const selection of selections) {
      const part =
        selection.kind === Kind.FIELD
          ? this.#field(selection, nesting)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.selections(selection.selectionSet, nesting + 1)
            : this.#fragment(selection.name.value, nesting);
      depth = Math.max(depth, part.depth);
      aliases += part.aliases;
      rootFields += part.rootFields;
      directives += part.directives + countOf(selection.directives);
    }
    return { depth, aliases, rootFields, directives };
  }

  #field({ name, alias, selectionSet }: FieldNode, nesting: number): OperationMeasures {
    const below = selectionSet ? this.selections(selectionSet, nesting + 1) : NOTHING;
    const isIntrospection = name.value.startsWith('__');
    return {
      depth: isIntrospection ? 1 : below.depth + 1,
      aliases: below.aliases + (alias ? 1 : 0),
      rootFields: 1,
      directives: below.directives,
    };
  }

  #fragment(name: string, nesting: number): OperationMeasures {
    const known = this.#measured.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    this.#measured.set(name, NOTHING);
    const measures = fragment ? this.selections(fragment.selectionSet, nesting + 1) : NOTHING;
    this.#measured.set(name, measures);
    return measures;
  }
}

const countOf = (directives: readonly DirectiveNode[] | undefined) => directives?.length ?? 0;
