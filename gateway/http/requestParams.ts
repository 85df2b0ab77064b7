/** Reads a GraphQL request. The library answers for all that is not as it should be. */

import { GraphQLError } from 'graphql';
import { parseRequestParams, type RequestParams, type Response } from 'graphql-http';
import type { PersistedOperations } from '../admission/persisted/persistedOperations.js';
import { isJsonObject, type JsonObject } from '../upstream/subgraphResponse.js';
import type { GraphQLRequest } from './graphqlExchange.js';
import { BodyTooLarge, readBody } from './readBody.js';

export interface RequestParamsOptions {
  readonly persisted: PersistedOperations;
  readonly bodyBytesMax: number;
}

/**
 * Headers that no page of another origin can send without asking us first (CORS). A GET needs one of
 * them; a POST has its content type.
 */
const PREFLIGHTED = [
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-apollo-operation-name',
];

/** The operation's text stands in the place of its reference; what cannot be read is answered. */
export async function requestParams(
  request: GraphQLRequest,
  { persisted, bodyBytesMax }: RequestParamsOptions,
): Promise<RequestParams | Response> {
  const { raw, context: exchange } = request;
  if (raw.method === 'GET') {
    if (PREFLIGHTED.some((name) => raw.headers[name])) {
      return withText(request, paramsOfUrl(request.url), persisted);
    }
    return exchange.refuse(
      'CROSS_SITE_REQUEST',
      `A GET needs one of the headers ${PREFLIGHTED.join(', ')}, whatever its value, so that no page of another site can send it.`,
    );
  }
  if (raw.method !== 'POST' || !isJson(raw.headers['content-type'])) {
    return parseRequestParams(request);
  }
  let body: string;
  try {
    body = await readBody(raw, bodyBytesMax);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    // Whatever else the client sends is not waited for.
    exchange.response.setHeader('connection', 'close');
    return exchange.refuse(
      'BODY_TOO_LARGE',
      `The body has more than ${bodyBytesMax} bytes: ask for less at once.`,
    );
  }
  return withText({ ...request, body }, jsonObject(body), persisted);
}

type Given = Readonly<Record<string, unknown>>;

/** `given` is undefined for what is no JSON object, about which the library says the right thing. */
async function withText(
  request: GraphQLRequest,
  given: Given | undefined,
  persisted: PersistedOperations,
): Promise<RequestParams | Response> {
  if (!given) return parseRequestParams(request);
  const query = persisted.textOf(given);
  if (query instanceof GraphQLError) return request.context.answer({ errors: [query] });
  const isUrl = request.method === 'GET';
  if (isUrl || isUtf8(request.raw.headers['content-type'])) {
    const params = paramsOf(query, given);
    if (params) return params;
  }
  const headers = isUrl ? { 'content-type': JSON_TYPE } : request.headers;
  return parseRequestParams({ ...request, method: 'POST', headers, body: { ...given, query } });
}

/** Undefined when a member is of another type than it has to be. */
function paramsOf(
  query: string,
  { operationName, variables, extensions }: Given,
): RequestParams | undefined {
  return isTextOrNothing(operationName) &&
    isObjectOrNothing(variables) &&
    isObjectOrNothing(extensions)
    ? { query, operationName, variables, extensions }
    : undefined;
}

function paramsOfUrl(url: string): Given | undefined {
  const { searchParams } = new URL(url, 'http://gateway');
  const given: Record<string, unknown> = Object.fromEntries(searchParams);
  for (const name of ['variables', 'extensions']) {
    const text = searchParams.get(name);
    if (text === null || text === '') continue;
    const value = jsonObject(text);
    if (!value) return undefined;
    given[name] = value;
  }
  return given;
}

function jsonObject(text: string): Given | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const JSON_TYPE = 'application/json';

const isJson = (contentType = '') => /^application\/json\s*(?:;|$)/i.test(contentType);
const isUtf8 = (contentType = '') =>
  /^application\/json\s*(?:;\s*charset=utf-8\s*)?$/i.test(contentType);

const isTextOrNothing = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string';
const isObjectOrNothing = (value: unknown): value is JsonObject | null | undefined =>
  value === undefined || value === null || isJsonObject(value);
