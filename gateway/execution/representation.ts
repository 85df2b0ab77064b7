/** What a subgraph is told of an entity that it shall add to: its type, key and required fields. */

import type { InputRewrite, RequiresSelection } from '@graphql-hive/router-query-planner';
import { isJsonObject, type JsonObject } from '../upstream/subgraphResponse.js';
import { emptyObject, ownReader } from './ownProperty.js';
import { compileRewrites } from './rewrites.js';
import type { TypeConditions } from './typeConditions.js';

/** Undefined for what cannot be asked: an entity of another type, or one whose key is not known. */
export type Represent = (entity: JsonObject) => JsonObject | undefined;

type Project = (from: JsonObject, to: JsonObject) => void;

export function compileRepresentation(
  requires: readonly RequiresSelection[],
  inputRewrites: readonly InputRewrite[] | null | undefined,
  types: TypeConditions,
): Represent {
  const project = compileSelections(requires, types);
  const rewrite = compileRewrites(inputRewrites, types);
  const conditions = requires.flatMap((selection) =>
    selection.kind === 'InlineFragment' ? [selection.typeCondition] : [],
  );
  const fitsAnyType = conditions.length < requires.length;

  return (entity) => {
    const typename = entity['__typename'];
    if (!fitsAnyType && !types.anyApplies(conditions, typename)) return undefined;
    const representation = emptyObject();
    project(entity, representation);
    representation['__typename'] ??= typename;
    if (!hasKey(representation)) return undefined;
    rewrite?.(representation);
    return representation;
  };
}

/** When all that identifies it is null, some subgraph before has failed to say which entity it is. */
function hasKey(representation: JsonObject): boolean {
  for (const key in representation) {
    if (key !== '__typename' && representation[key] !== null) return true;
  }
  return false;
}

function compileSelections(
  selections: readonly RequiresSelection[],
  types: TypeConditions,
): Project {
  const steps = selections.map((selection) => compileSelection(selection, types));
  return (from, to) => {
    for (const step of steps) step(from, to);
  };
}

function compileSelection(selection: RequiresSelection, types: TypeConditions): Project {
  switch (selection.kind) {
    case 'Field':
      return compileField(selection, types);
    case 'InlineFragment':
      return compileFragment(selection, types);
    case 'FragmentSpread':
      throw new Error('The planner inlines the fragments of representations.');
  }
}

type FieldSelection = Extract<RequiresSelection, { kind: 'Field' }>;

/**
 * The planner names a field by its key in the data, and gives as alias the key to send: it differs
 * where the same field was fetched with other arguments.
 */
function compileField({ name, alias, selections }: FieldSelection, types: TypeConditions): Project {
  const sentAs = alias ?? name;
  const readName = ownReader(name);
  const readAlias = ownReader(sentAs);
  const project = selections?.length ? compileSelections(selections, types) : undefined;
  return (from, to) => {
    const named = readName(from);
    const value = named === undefined ? readAlias(from) : named;
    if (value !== undefined) to[sentAs] = project ? projected(value, project) : value;
    else if (sentAs !== '__typename') to[sentAs] = null;
  };
}

function projected(value: unknown, project: Project): unknown {
  if (Array.isArray(value)) return value.map((item) => projected(item, project));
  if (!isJsonObject(value)) return value;
  const object = emptyObject();
  project(value, object);
  return object;
}

type FragmentSelection = Extract<RequiresSelection, { kind: 'InlineFragment' }>;

function compileFragment(
  { typeCondition, selections }: FragmentSelection,
  types: TypeConditions,
): Project {
  const project = compileSelections(selections, types);
  const conditions = [typeCondition];
  return (from, to) => {
    if (types.anyApplies(conditions, from['__typename'])) project(from, to);
  };
}
