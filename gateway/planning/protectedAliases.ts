/**
 * Aliases under which a plan would take one field for another. A client may call any field by the name
 * of another one, such as a key or a field that `@requires` names; the planner then looks for that and
 * finds this, or aborts the process. So it is shown other aliases, under which the data is kept, and
 * the completer gives the client's back.
 */

import {
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Names that begin with `_` are protected as well, so that nothing else begins like this. */
const PREFIX = '_client_';

export interface ProtectedAliases {
  readonly operation: OperationDefinitionNode;
  /** What the client calls what the operation calls otherwise. */
  readonly clientKeys: ReadonlyMap<string, string>;
}

/**
 * `fieldNames` are those of all fields in the supergraph. Throws where another field is called
 * `__typename`: nobody could tell what type an object has.
 */
export function protectedAliases(
  operation: OperationDefinitionNode,
  fieldNames: ReadonlySet<string>,
): ProtectedAliases {
  const aliases = new Aliases(fieldNames);
  const selectionSet = aliases.protect(operation.selectionSet);
  return { operation: { ...operation, selectionSet }, clientKeys: aliases.clientKeys };
}

class Aliases {
  /** By the alias that the planner is shown. */
  readonly clientKeys = new Map<string, string>();
  readonly #fieldNames: ReadonlySet<string>;

  constructor(fieldNames: ReadonlySet<string>) {
    this.#fieldNames = fieldNames;
  }

  protect({ kind, selections }: SelectionSetNode): SelectionSetNode {
    return { kind, selections: selections.map((one) => this.#protected(one)) };
  }

  #protected(selection: SelectionNode): SelectionNode {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return { ...selection, selectionSet: this.protect(selection.selectionSet) };
    }
    const { alias, selectionSet, ...field } = selection;
    const name = field.name.value;
    const shown = alias && this.#shown(alias.value, name);
    // No plan is made of introspection.
    const below =
      selectionSet && (name.startsWith('__') ? selectionSet : this.protect(selectionSet));
    return {
      ...field,
      ...(shown !== undefined && { alias: { ...alias, kind: Kind.NAME, value: shown } }),
      ...(below && { selectionSet: below }),
    };
  }

  /** The planner is shown no alias that is the field's own name: it would take it for a conflict. */
  #shown(alias: string, name: string): string | undefined {
    if (alias === name) return undefined;
    if (alias === '__typename') throw new Error('No other field can be called __typename.');
    if (!alias.startsWith('_') && !this.#fieldNames.has(alias)) return alias;
    const shown = PREFIX + alias;
    this.clientKeys.set(shown, alias);
    return shown;
  }
}
