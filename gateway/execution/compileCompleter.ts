/**
 * Projects what the client asked for from the data that subgraphs gave, by the API schema:
 * CompleteValue of the specification, compiled once per operation.
 */

import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLEnumType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { accessDenied } from '../admission/authorization/accessDenied.js';
import { READS_ALL, type AccessView } from '../admission/authorization/accessRules.js';
import { isJsonObject, type JsonObject, type PathKey } from '../upstream/subgraphResponse.js';
import type { Completion } from './completion.js';
import { emptyObject, ownReader } from './ownProperty.js';
import { responseFields, type ResponseField } from './responseFields.js';

/** The response's `data`; null when a null had to go up to the root. */
export type Completer = (data: JsonObject, completion: Completion) => JsonObject | null;

/** A null that its position does not allow: the nearest nullable value around it becomes null. */
const BUBBLE = Symbol('null that must not be here');

type Complete = (value: unknown, completion: Completion, depth: number) => unknown;

/** What compilers of an operation's parts share. */
interface Compilation {
  readonly schema: GraphQLSchema;
  readonly view: AccessView;
  readonly clientKeys: ReadonlyMap<string, string>;
}

const NO_KEYS: ReadonlyMap<string, string> = new Map();

/**
 * What `view` denies is null, with an error. `clientKeys` are what the client calls what the operation,
 * and the data, calls otherwise.
 */
export function compileCompleter(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  view: AccessView = READS_ALL,
  clientKeys = NO_KEYS,
): Completer {
  const type = schema.getRootType(operation.operation);
  if (!type) throw new Error(`The schema has no ${operation.operation} type.`);
  const complete = compileObject(type, [operation.selectionSet], {
    schema,
    view,
    clientKeys,
  });
  return (data, completion) => {
    if (clientKeys.size > 0) completion.renamePaths(clientKeys);
    const completed = complete(data, completion, 0);
    return completed === BUBBLE ? null : (completed as JsonObject);
  };
}

/** The completer of a type's values. `coordinates` name the field for errors, as in `Account.id`. */
function compileValue(
  type: GraphQLOutputType,
  below: readonly SelectionSetNode[],
  coordinates: string,
  compilation: Compilation,
): Complete {
  if (isNonNullType(type)) {
    return nonNull(compileValue(type.ofType, below, coordinates, compilation), coordinates);
  }
  if (isListType(type)) return list(compileValue(type.ofType, below, coordinates, compilation));
  if (isObjectType(type)) return nullable(compileObject(type, below, compilation));
  if (isAbstractType(type)) return nullable(compileAbstract(type, below, compilation));
  return isEnumType(type) ? enumValue(type) : leaf;
}

const leaf: Complete = (value) => value ?? null;

/** A value that the API schema does not have, such as an `@inaccessible` one, is not shown. */
const enumValue =
  (type: GraphQLEnumType): Complete =>
  (value) =>
    typeof value === 'string' && type.getValue(value) ? value : null;

function nonNull(complete: Complete, coordinates: string): Complete {
  return (value, completion, depth) => {
    const completed = complete(value, completion, depth);
    if (completed !== null) return completed;
    completion.nullInNonNull(depth, coordinates);
    return BUBBLE;
  };
}

function list(completeItem: Complete): Complete {
  return (value, completion, depth) => {
    if (!Array.isArray(value)) return completion.shapeless(value, depth);
    const completed = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index += 1) {
      completion.path[depth] = index;
      const item = completeItem(value[index], completion, depth + 1);
      if (item === BUBBLE) return null;
      completed[index] = item;
    }
    return completed;
  };
}

function nullable(complete: Complete): Complete {
  return (value, completion, depth) => {
    if (!isJsonObject(value)) return completion.shapeless(value, depth);
    const completed = complete(value, completion, depth);
    return completed === BUBBLE ? null : completed;
  };
}

/** One completer per concrete type that turns up, made when it first does. */
function compileAbstract(
  type: GraphQLAbstractType,
  below: readonly SelectionSetNode[],
  compilation: Compilation,
): Complete {
  const byTypename = new Map<unknown, Complete>();
  const completerOf = (typename: unknown): Complete | undefined => {
    const known = byTypename.get(typename);
    if (known) return known;
    const concrete = concreteType(type, typename, compilation.schema);
    if (!concrete) return undefined;
    const complete = compileObject(concrete, below, compilation);
    byTypename.set(typename, complete);
    return complete;
  };
  return (value, completion, depth) => {
    const complete = completerOf((value as JsonObject)['__typename']);
    return complete ? complete(value, completion, depth) : null;
  };
}

/** Plans leave `__typename` out where the client's selection does not depend on it. */
function concreteType(
  type: GraphQLAbstractType,
  typename: unknown,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (typename === undefined || typename === type.name) return type;
  const concrete = typeof typename === 'string' ? schema.getType(typename) : undefined;
  return isObjectType(concrete) && schema.isSubType(type, concrete) ? concrete : undefined;
}

interface CompiledField {
  readonly key: string;
  readonly read: (object: JsonObject) => unknown;
  readonly complete: Complete;
}

function compileObject(
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  compilation: Compilation,
): Complete {
  const refusal = refusalOf([type.name], compilation.view);
  if (refusal) return refusal;
  const fields = responseFields(type, selections, compilation.schema).flatMap((field) =>
    compileField(field, type, compilation),
  );
  return (value, completion, depth) => {
    const completed = emptyObject();
    for (const { key, read, complete } of fields) {
      completion.path[depth] = key;
      const result = complete(read(value as JsonObject), completion, depth + 1);
      if (result === BUBBLE) return BUBBLE;
      completed[key] = result;
    }
    return completed;
  };
}

/** None for a field that this type does not have, which only an untyped object can be asked for. */
function compileField(
  { key, name, below }: ResponseField,
  type: GraphQLCompositeType,
  compilation: Compilation,
): CompiledField[] {
  const compiled = { key: compilation.clientKeys.get(key) ?? key, read: ownReader(key) };
  if (name === '__typename') return [{ ...compiled, complete: typename(type, compilation.schema) }];
  // Introspection has been answered in full, by the schema itself.
  if (name.startsWith('__')) return [{ ...compiled, complete: leaf }];
  const field = fieldsOf(type)[name];
  if (!field) return [];
  const coordinates = `${type.name}.${name}`;
  const refusal = refusalOf([coordinates, getNamedType(field.type).name], compilation.view);
  if (!refusal) {
    const complete = compileValue(field.type, below, coordinates, compilation);
    return [{ ...compiled, complete }];
  }
  const complete = isNonNullType(field.type) ? nonNull(refusal, coordinates) : refusal;
  return [{ ...compiled, complete }];
}

/** Of the first that the view denies: null whatever the value is, which the caller may not know. */
function refusalOf(coordinates: readonly string[], view: AccessView): Complete | undefined {
  for (const one of coordinates) {
    const requirement = view.denies(one);
    if (!requirement) continue;
    const errorAt = (path: readonly PathKey[]) => accessDenied(one, requirement, view, path);
    return (_value, completion, depth) => {
      completion.denied(depth, errorAt);
      return null;
    };
  }
  return undefined;
}

/** The name of an interface is no answer: which type it is has then not been found out. */
function typename(type: GraphQLCompositeType, schema: GraphQLSchema): Complete {
  if (isObjectType(type)) return () => type.name;
  const named: Complete = (value) =>
    typeof value === 'string' && isObjectType(schema.getType(value)) ? value : null;
  return nonNull(named, `${type.name}.__typename`);
}

const fieldsOf = (type: GraphQLCompositeType): ReturnType<GraphQLObjectType['getFields']> =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
