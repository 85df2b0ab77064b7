/** Why an operation cannot run, as clients see it. */

import { GraphQLError } from 'graphql';
import { limitExceeded } from '../admission/limits/operationLimits.js';
import { TooManySelections } from './normalizeOperation.js';
import type { PreparationFailure } from './preparedOperation.js';

export type PreparationCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'INTROSPECTION_DISABLED'
  | 'QUERY_PLANNING_FAILED';

/** Errors of graphql-js keep their places in the document, and gain a code. */
export function preparationFailure(
  code: PreparationCode,
  ...errors: readonly GraphQLError[]
): PreparationFailure {
  return { errors: errors.map((error) => withCode(error, code)) };
}

/** What the planner says speaks of its insides: it is in `originalError`, for the log. */
export function planningFailure(originalError: Error): PreparationFailure {
  if (originalError instanceof TooManySelections) {
    return { errors: [limitExceeded('selections', originalError.max)] };
  }
  const error = new GraphQLError('The operation cannot be planned.', { originalError });
  return preparationFailure('QUERY_PLANNING_FAILED', error);
}

function withCode(error: GraphQLError, code: PreparationCode): GraphQLError {
  const { message, nodes = null, source = null, positions = null, originalError } = error;
  const extensions = { code };
  return new GraphQLError(message, { nodes, source, positions, originalError, extensions });
}
