/**
 * The errors that callers see: one function per code.
 *
 * Clients branch on `extensions.code`, which is stable; messages are for people and may be reworded.
 * A mistake of ours is an assertion instead, and reaches the caller as INTERNAL_SERVER_ERROR.
 */

import { GraphQLError } from 'graphql';

export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'NOT_FOUND'
  | 'OPERATION_TOO_COSTLY'
  | 'PRICE_UNAVAILABLE'
  | 'SLOW_CONSUMER'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'VENUE_UNAVAILABLE';

/** The argument named cannot be used; `message` says why and what would do. */
export const badUserInput = (argument: string, message: string) =>
  coded('BAD_USER_INPUT', message, { argument });

/** One mistake in an argument: the path to it, such as `input.trades.0.size`, and how to mend it. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

/** Parts of the argument named cannot be used: every mistake that was found, at least one. */
export const badUserInputAt = (argument: string, problems: readonly InputProblem[]) =>
  coded('BAD_USER_INPUT', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    argument,
    problems,
  });

/** Somebody else changed it first, or the same idempotency key came with other content. */
export const conflict = (message: string) => coded('CONFLICT', message, {});

/** No such thing, or none that this caller may see: the two look the same on purpose. */
export const notFound = (what: string, id: string) =>
  coded('NOT_FOUND', `There is no ${what} "${id}".`, { id });

/** The answer would take so long that others would wait for it; `message` says what would do. */
export const operationTooCostly = (message: string) => coded('OPERATION_TOO_COSTLY', message, {});

/** A value that is needed has no usable price, so the result is not known. */
export const priceUnavailable = (assets: readonly string[]) =>
  coded('PRICE_UNAVAILABLE', `No usable price for ${assets.join(', ')}.`, { assets });

/** A subscriber reads more slowly than updates come; it may go on from its last cursor. */
export const slowConsumer = () =>
  coded('SLOW_CONSUMER', 'Updates came faster than they were read. Go on from your cursor.', {});

/** Another subgraph has not answered yet, so this one cannot answer either. */
export const subgraphUnavailable = (service: string) =>
  coded('SUBGRAPH_UNAVAILABLE', `The ${service} subgraph has not answered yet.`, { service });

/** A venue has never answered, so aggregates over the account are not known. */
export const venueUnavailable = (venue: string, reason: string) =>
  coded('VENUE_UNAVAILABLE', `Venue ${venue} is unavailable: ${reason}`, { venue });

/**
 * Without a stack: nobody reads that of a caller's mistake, and to map it back to the sources takes
 * half a second of a process that has not done so before, while everybody waits.
 */
function coded(code: ErrorCode, message: string, extensions: Record<string, unknown>) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, { extensions: { code, ...extensions } });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
