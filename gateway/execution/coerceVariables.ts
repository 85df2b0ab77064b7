/** The values that a caller gives to an operation's variables, checked against their types. */

import {
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { GivenVariables, PreparationFailure } from '../planning/preparedOperation.js';
import type { Variables } from './operationRun.js';

const NONE: { readonly variables: Variables } = { variables: {} };

export interface Coercible {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
}

/** Errors have the code BAD_USER_INPUT and their place in the document. */
export function coerceVariables(
  { schema, operation }: Coercible,
  given: GivenVariables,
): { readonly variables: Variables } | PreparationFailure {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return NONE;
  const { coerced, errors } = getVariableValues(schema, definitions, given ?? {});
  if (!errors) return { variables: coerced };
  return { errors: errors.map(badUserInput) };
}

const badUserInput = ({ message, nodes, originalError }: GraphQLError) =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    originalError,
    extensions: { code: 'BAD_USER_INPUT' },
  });
