/**
 * Aliases under which a plan would take one field for another. A client may call any field by the name
 * of another one, such as a key or a field that `@requires` names; the planner then looks for that and
 * finds this, or aborts the process. So it is shown other aliases, and the answer gets the client's
 * back.
 */

import {
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationRun, Step } from '../execution/operationRun.js';
import { setOwn } from '../execution/ownProperty.js';
import type { TypeConditions } from '../execution/typeConditions.js';
import { isJsonObject, type JsonObject } from '../upstream/subgraphResponse.js';

/** Names that begin with `_` are protected as well, so that nothing else begins like this. */
const PREFIX = '_client_';

export interface ProtectedAliases {
  /** What to plan. */
  readonly operation: OperationDefinitionNode;
  /** The plan's step, and then the client's aliases again, in the data and in the errors' paths. */
  readonly restored: (step: Step) => Step;
}

/** Throws where another field is called `__typename`: nobody could tell what type an object has. */
export function protectedAliases(
  operation: OperationDefinitionNode,
  types: TypeConditions,
): ProtectedAliases {
  const aliases = new Aliases(types.fieldNames);
  const selectionSet = aliases.protect(operation.selectionSet);
  const planned = { ...operation, selectionSet };
  if (aliases.clientKeys.size === 0) return { operation: planned, restored: (step) => step };
  const { clientKeys } = aliases;
  const restore = compileRestore([selectionSet], clientKeys, types);
  return {
    operation: planned,
    restored: (step) => async (run) => {
      await step(run);
      restore(run.data);
      restoreErrors(run, clientKeys);
    },
  };
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
    const shown = alias && this.#shown(alias.value, field.name.value);
    return {
      ...field,
      ...(shown !== undefined && { alias: { ...alias, kind: Kind.NAME, value: shown } }),
      ...(selectionSet && { selectionSet: this.protect(selectionSet) }),
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

type Restore = (value: unknown) => void;

interface ProtectedField {
  readonly below: SelectionSetNode[];
  /** Of each occurrence, the types that the fragments around it narrow to. */
  readonly conditions: (readonly string[])[];
}

/** Gives objects the client's keys back, in place, for all that the selection sets may have selected. */
function compileRestore(
  selectionSets: readonly SelectionSetNode[],
  clientKeys: ReadonlyMap<string, string>,
  types: TypeConditions,
): Restore {
  const fields = [...fieldsOf(selectionSets)].map(([key, { below, conditions }]) => ({
    key,
    clientKey: clientKeys.get(key),
    isSelected: (typename: unknown) =>
      conditions.some((chain) => chain.every((one) => types.anyApplies([one], typename))),
    restore: below.length > 0 ? compileRestore(below, clientKeys, types) : undefined,
  }));

  return forEachObject((object) => {
    const typename = object['__typename'];
    for (const { key, restore } of fields) {
      if (Object.hasOwn(object, key)) restore?.(object[key]);
    }
    for (const { key, clientKey, isSelected } of fields) {
      if (clientKey === undefined) continue;
      if (Object.hasOwn(object, key)) setOwn(object, clientKey, object[key]);
      // What the plan has found by that name, for itself, must not stand for what was not answered.
      else if (isSelected(typename)) Reflect.deleteProperty(object, clientKey);
      Reflect.deleteProperty(object, key);
    }
  });
}

function fieldsOf(selectionSets: readonly SelectionSetNode[]): Map<string, ProtectedField> {
  const fields = new Map<string, ProtectedField>();
  const collect = ({ selections }: SelectionSetNode, conditions: readonly string[]) => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        collect(
          selection.selectionSet,
          condition === undefined ? conditions : [...conditions, condition],
        );
      } else if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const field = fields.get(key) ?? { below: [], conditions: [] };
        fields.set(key, field);
        field.conditions.push(conditions);
        if (selection.selectionSet) field.below.push(selection.selectionSet);
      }
    }
  };
  for (const selectionSet of selectionSets) collect(selectionSet, []);
  return fields;
}

function forEachObject(visit: (object: JsonObject) => void): Restore {
  const restore: Restore = (value) => {
    if (Array.isArray(value)) value.forEach(restore);
    else if (isJsonObject(value)) visit(value);
  };
  return restore;
}

function restoreErrors({ errors }: OperationRun, clientKeys: ReadonlyMap<string, string>): void {
  for (const [index, { message, path, extensions, originalError }] of errors.entries()) {
    if (!path) continue;
    errors[index] = new GraphQLError(message, {
      path: path.map((key) => clientKeys.get(String(key)) ?? key),
      extensions,
      originalError,
    });
  }
}
