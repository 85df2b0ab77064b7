/** What a subgraph's HTTP answer means: a GraphQL response, or which failure. */

import type { HttpAnswer } from './httpExchange.js';
import { subgraphResponse, type SubgraphResponse } from './subgraphResponse.js';
import { unavailable, type FailureTraits, type UpstreamFailure } from './upstreamFailure.js';

/** A response of this type is a GraphQL response whatever its status (GraphQL over HTTP §6.4.2). */
export const GRAPHQL_RESPONSE = 'application/graphql-response+json';

const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;
/** Of a proxy whose subgraph is away, or of a subgraph that is busy. */
const TRANSIENT_STATUS = new Set([502, 503, 504]);
/** The connection failed, so that a new one may do better. */
const TRANSIENT_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
]);

/** Throws UpstreamFailure. `isSigned` when the question bore a signature of ours. */
export function readAnswer(answer: HttpAnswer, isSigned: boolean): SubgraphResponse {
  const { statusCode, contentType, text } = answer;
  if (statusCode >= 400 && !contentType.startsWith(GRAPHQL_RESPONSE)) {
    // Whoever asked us has nothing to do with a signature that is refused.
    const isForCaller = statusCode < 500 && statusCode !== TOO_MANY_REQUESTS;
    const response =
      isForCaller && !(isSigned && statusCode === UNAUTHORIZED) && responseOrNothing(text);
    if (response) return response;
    throw statusFailure(answer);
  }
  const response = subgraphResponse(parsedJson(text));
  if (!response) throw unavailable('sent an answer that is not a GraphQL response');
  return response;
}

/** `cause` is undici's error. */
export function transportFailure(cause: unknown, responseBytesMax: number): UpstreamFailure {
  const { code = '' } = cause as { code?: string };
  return code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE'
    ? unavailable(`sent an answer of more than ${responseBytesMax} bytes`, cause, {
        // Else whoever asks for too much could have the subgraph taken from everybody.
        outcome: 'answered',
      })
    : unavailable('cannot be reached', cause, { isTransient: TRANSIENT_ERRORS.has(code) });
}

function statusFailure({ statusCode, retryAfter }: HttpAnswer): UpstreamFailure {
  const retryAfterMs = milliseconds(retryAfter);
  const isLimited = statusCode === TOO_MANY_REQUESTS;
  const traits: FailureTraits = {
    retryAfterMs,
    isTransient: isLimited ? retryAfterMs !== undefined : TRANSIENT_STATUS.has(statusCode),
    outcome: statusCode < 500 ? 'answered' : 'failed',
  };
  return unavailable(`answered with HTTP status ${statusCode}`, undefined, traits);
}

/** Of a number of seconds; a date, which would need clocks to agree, says nothing here. */
const milliseconds = (retryAfter: string | undefined): number | undefined =>
  retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : undefined;

function responseOrNothing(text: string): SubgraphResponse | undefined {
  try {
    return subgraphResponse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unavailable('sent an answer that is not JSON', cause);
  }
}
