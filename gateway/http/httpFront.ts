/** GraphQL over HTTP: from a request to the engine and back. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { createHandler, type RequestParams, type Response } from 'graphql-http';
import { AuthenticationFailure } from '../admission/authentication/authenticationFailure.js';
import { authorizationOf } from '../admission/authentication/bearerToken.js';
import type { Caller } from '../admission/caller.js';
import type { Engine } from '../engine.js';
import { upstreamHeaders } from '../requestHeaders.js';
import { RETRY_AFTER_SECONDS } from '../telemetry/overload.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { GraphQLExchange, type GraphQLRequest } from './graphqlExchange.js';
import { requestParams, type RequestParamsOptions } from './requestParams.js';

export interface HttpFrontOptions extends RequestParamsOptions {
  readonly engine: Engine;
  /** Who has this `authorization` header; throws AuthenticationFailure for a token that is none. */
  readonly authenticate: (authorization: string | undefined) => Promise<Caller>;
  /** How long an operation may take as a whole. */
  readonly operationMs: number;
  readonly telemetry: Pick<Telemetry, 'metrics' | 'overload' | 'tracing'>;
  /** Told of every failure that clients see as INTERNAL_SERVER_ERROR. */
  readonly onInternalError: (error: unknown) => void;
}

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Never rejects. Answers once, unless the client has gone away. */
export function httpFront(options: HttpFrontOptions): RequestListener {
  const { metrics, overload } = options.telemetry;
  const handle = createHandler<IncomingMessage, GraphQLExchange>({
    parseRequestParams: (request) => requestParams(request, options),
    onSubscribe: (request, params) => answer(request, params, options),
  });
  return async (request, response) => {
    const exchange = new GraphQLExchange(request, response);
    if (!overload.enter()) {
      metrics.refused('OVERLOADED');
      const extensions = { retryAfterMs: RETRY_AFTER_SECONDS * 1_000 };
      exchange.send(exchange.refuse('OVERLOADED', 'Too busy now: come back soon.', extensions));
      return;
    }
    const begun = performance.now();
    try {
      exchange.send(await handle(requestOf(exchange)));
    } catch (error) {
      if (exchange.gone.aborted) return;
      options.onInternalError(error);
      exchange.send(exchange.refuse('INTERNAL_SERVER_ERROR', 'Internal server error'));
    } finally {
      overload.leave();
      const { operationId, code } = exchange;
      metrics.requestDone({ operationId, code, seconds: (performance.now() - begun) / 1_000 });
    }
  };
}

/** Without the body, which `requestParams` reads where there has to be one. */
const requestOf = (exchange: GraphQLExchange): GraphQLRequest => {
  const { request: raw } = exchange;
  const { url = '', method = '', headers } = raw;
  return { url, method, headers, body: null, raw, context: exchange };
};

async function answer(
  { raw, context: exchange }: GraphQLRequest,
  { query, operationName, variables }: RequestParams,
  { engine, authenticate, operationMs, telemetry }: HttpFrontOptions,
): Promise<Response> {
  let caller: Caller;
  try {
    caller = await authenticate(authorizationOf(raw.rawHeaders));
  } catch (error) {
    if (!(error instanceof AuthenticationFailure)) throw error;
    return exchange.refuse(error.code, error.message);
  }
  const prepared = engine.prepare({ query, operationName: operationName ?? null });
  if ('errors' in prepared) return exchange.answer(prepared);
  exchange.operationId = prepared.id;
  const span = telemetry.tracing.requestBegins(upstreamHeaders(raw.headers));
  try {
    const result = await engine.run(
      prepared,
      { variables: variables ?? {}, isReadOnly: raw.method === 'GET' },
      {
        headers: span.headers,
        caller,
        address: raw.socket.remoteAddress,
        deadline: performance.now() + operationMs,
        signal: exchange.gone,
      },
    );
    return exchange.answer(result);
  } finally {
    span.end(exchange);
  }
}
