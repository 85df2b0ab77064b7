/** Errors of subgraphs as clients see them: who failed and where, and nothing of how we asked. */

import { GraphQLError } from 'graphql';
import type { JsonObject, PathKey, SubgraphError } from '../upstream/subgraphResponse.js';
import { UpstreamFailure } from '../upstream/upstreamFailure.js';
import { emptyObject } from './ownProperty.js';

/**
 * Put into `extensions` of every error, over what the subgraph says: margin may name a venue that it
 * misses, but no venue can speak of another.
 */
export interface Origin {
  readonly service: string;
  /** Its slug, when the subgraph is a venue. */
  readonly venue?: string;
}

/**
 * Stacks are not for clients, and `http` would let a subgraph set the status and headers of our own
 * answer: Apollo Server obeys it.
 */
const WITHHELD = new Set(['stacktrace', 'exception', 'http', 'serviceName']);

const INTERNAL = 'INTERNAL_SERVER_ERROR';

/**
 * An error that the subgraph reported. One with a code was made for callers, and keeps its message and
 * extensions. Any other is a mistake of the subgraph's, whose message may say anything: it is in
 * `originalError`, for the log.
 */
export function reportedError(
  origin: Origin,
  { message, extensions }: SubgraphError,
  path: readonly PathKey[] | undefined,
): GraphQLError {
  const code = extensions?.['code'];
  if (typeof code === 'string' && code !== INTERNAL) {
    return errorAt(message, path, { ...plainExtensions(extensions), ...origin });
  }
  const failed = `The subgraph "${origin.service}" failed.`;
  return errorAt(failed, path, { code: INTERNAL, ...origin }, new Error(message));
}

/**
 * The subgraph gave no answer, or could not be asked for this caller. What failed exactly is in
 * `originalError`, for the log.
 */
export function failureError(
  origin: Origin,
  failure: unknown,
  path: readonly PathKey[] | undefined,
): GraphQLError {
  // Our own refusal to ask: it has a code, and says itself what the caller can do.
  if (failure instanceof GraphQLError && typeof failure.extensions['code'] === 'string') {
    const extensions = { ...plainExtensions(failure.extensions), ...origin };
    return errorAt(failure.message, path, extensions, failure);
  }
  const { code, problem, retryAfterMs } = known(failure);
  const originalError = failure instanceof Error ? failure : undefined;
  const message = `The subgraph "${origin.service}" ${problem}.`;
  const hint = retryAfterMs === undefined ? {} : { retryAfterMs };
  return errorAt(message, path, { code, ...hint, ...origin }, originalError);
}

const known = (failure: unknown) =>
  failure instanceof UpstreamFailure
    ? failure
    : {
        code: INTERNAL,
        problem: 'could not be asked',
        retryAfterMs: undefined,
      };

function errorAt(
  message: string,
  path: readonly PathKey[] | undefined,
  extensions: JsonObject,
  originalError?: Error,
): GraphQLError {
  return new GraphQLError(message, {
    path: path && path.length > 0 ? path : null,
    extensions,
    originalError,
  });
}

function plainExtensions(extensions: JsonObject = {}): JsonObject {
  const plain = emptyObject();
  for (const key of Object.keys(extensions)) {
    if (!WITHHELD.has(key)) plain[key] = extensions[key];
  }
  return plain;
}
