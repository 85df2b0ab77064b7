/** The values that a caller gives to an operation's variables, checked against their types. */

import { getVariableValues, GraphQLError } from 'graphql';
import type { PreparedOperation, PreparationFailure } from '../planning/preparedOperation.js';
import type { Variables } from './operationRun.js';

const NONE: { readonly variables: Variables } = { variables: {} };

/** Errors have the code BAD_USER_INPUT and their place in the document. */
export function coerceVariables(
  { schema, operation }: PreparedOperation,
  given: Readonly<Record<string, unknown>> | null | undefined,
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
