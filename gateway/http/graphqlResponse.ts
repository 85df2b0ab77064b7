/** GraphQL results as HTTP responses. Source: GraphQL over HTTP, draft of 2025, §6. */

import type { GraphQLError } from 'graphql';
import type { Response, ResponseHeaders } from 'graphql-http';

/** As far as a response goes: completed data has passed every check already. */
export interface GraphQLResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: unknown;
}

const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/** Errors whose status says more than that the request was wrong. */
const STATUS_BY_CODE = new Map<unknown, number>([
  ['BAD_REQUEST', 400],
  ['CROSS_SITE_REQUEST', 400],
  ['UNAUTHENTICATED', 401],
  ['FORBIDDEN', 403],
  ['METHOD_NOT_ALLOWED', 405],
  ['BODY_TOO_LARGE', 413],
  ['UNSUPPORTED_MEDIA_TYPE', 415],
  ['RATE_LIMITED', 429],
  ['INTERNAL_SERVER_ERROR', 500],
  ['AUTHENTICATION_UNAVAILABLE', 503],
  ['OVERLOADED', 503],
]);

/**
 * 200 for every result with data, also where it is null. What was refused as a whole has the status
 * of its first error's code, or else 400; clients that accept `application/json` only are answered
 * 200 there, because old ones take anything else for a failure of the network.
 */
export function graphqlResponse(result: GraphQLResult, accept: string | undefined): Response {
  const mediaType = acceptsGraphqlResponse(accept) ? GRAPHQL_RESPONSE : 'application/json';
  const headers: ResponseHeaders = { 'content-type': `${mediaType}; charset=utf-8` };
  const body = JSON.stringify(result);
  if (result.data !== undefined) return [body, { status: 200, statusText: 'OK', headers }];
  const extensions = result.errors?.[0]?.extensions ?? {};
  const special = STATUS_BY_CODE.get(extensions['code']);
  const status = special ?? (mediaType === GRAPHQL_RESPONSE ? 400 : 200);
  const retryAfterMs = extensions['retryAfterMs'];
  if (typeof retryAfterMs === 'number') {
    headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  }
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (status === 405) headers.allow = 'POST';
  return [body, { status, statusText: '', headers }];
}

/** Whether the client prefers the media type of GraphQL, in the order in which it names them. */
function acceptsGraphqlResponse(accept = ''): boolean {
  if (accept === '' || accept === '*/*' || accept === 'application/json') return false;
  const preferred = accept
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';')[0]?.trim() ?? '')
    .find((one) => one === GRAPHQL_RESPONSE || ACCEPTS_JSON.has(one));
  return preferred === GRAPHQL_RESPONSE;
}

const ACCEPTS_JSON = new Set(['application/json', 'application/*', '*/*']);
