/** What callers see of errors: ours by code, and of our own mistakes nothing but that there was one. */

import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * An error that a resolver made on purpose passes as it is. Anything else that was thrown, such as a
 * failed assertion or the database's own words, becomes INTERNAL_SERVER_ERROR with its place only.
 */
export function callerError(error: GraphQLError): GraphQLFormattedError {
  if (!isInternal(error)) return error.toJSON();
  return new GraphQLError('Internal server error', {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  }).toJSON();
}

/** Whether it was thrown by mistake: not a GraphQLError, and not of the language itself. */
export const isInternal = ({ originalError }: GraphQLError) =>
  originalError !== undefined && !(originalError instanceof GraphQLError);
