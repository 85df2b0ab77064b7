/** A subgraph over HTTP, and over WebSocket (graphql-ws, same address) for subscriptions. */

import { Pool } from 'undici';
import { httpExchange, type HttpAnswer } from './httpExchange.js';
import { subgraphResponse, type SubgraphResponse } from './subgraphResponse.js';
import type { Upstream, UpstreamContext } from './upstream.js';
import { unavailable, UpstreamFailure } from './upstreamFailure.js';
import { webSocketSubscriptions } from './webSocketSubscriptions.js';

export interface HttpUpstreamOptions {
  /** Where the subgraph answers GraphQL, `http:` or `https:`. */
  readonly url: string;
  /** From the question to the last byte of the answer; also for opening a subscription. */
  readonly timeoutMs: number;
  /** Open at once; further requests wait their turn, and that counts as time. */
  readonly connections?: number;
  readonly responseBytesMax?: number;
}

const CONNECTIONS = 64;
const RESPONSE_BYTES_MAX = 16 * 1024 * 1024;
/** A response of this type is a GraphQL response whatever its status (GraphQL over HTTP §6.4.2). */
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

const OWN_HEADERS = {
  'content-type': 'application/json',
  accept: `${GRAPHQL_RESPONSE}, application/json;q=0.9`,
};

/** Connects when it is first asked. */
export function httpUpstream(options: HttpUpstreamOptions): Upstream {
  const { timeoutMs, responseBytesMax = RESPONSE_BYTES_MAX } = options;
  const { origin, pathname, search } = new URL(options.url);
  const pool = new Pool(origin, {
    connections: options.connections ?? CONNECTIONS,
    connect: { timeout: timeoutMs },
    // Its own timers tick every half second; the deadline is exact.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: responseBytesMax,
  });
  const subscriptions = webSocketSubscriptions({
    url: options.url.replace(/^http/, 'ws'),
    timeoutMs,
    messageBytesMax: responseBytesMax,
  });

  const request = async (body: string, context: UpstreamContext) => {
    context.signal?.throwIfAborted();
    const post = { path: pathname + search, headers: { ...context.headers, ...OWN_HEADERS }, body };
    try {
      return readAnswer(await httpExchange(pool, post, timeoutMs, context.signal));
    } catch (error) {
      context.signal?.throwIfAborted();
      throw error instanceof UpstreamFailure ? error : transportFailure(error, responseBytesMax);
    }
  };

  return {
    request,
    subscribe: (question, context) => subscriptions.subscribe(question, context),
    close: async () => {
      subscriptions.close();
      await pool.destroy();
    },
  };
}

function readAnswer({ statusCode, contentType, text }: HttpAnswer): SubgraphResponse {
  if (statusCode >= 500 && !contentType.startsWith(GRAPHQL_RESPONSE)) {
    throw unavailable(`answered with HTTP status ${statusCode}`);
  }
  const response = subgraphResponse(parsedJson(text));
  if (!response) throw unavailable('sent an answer that is not a GraphQL response');
  return response;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unavailable('sent an answer that is not JSON', cause);
  }
}

function transportFailure(cause: unknown, responseBytesMax: number): UpstreamFailure {
  const { code } = cause as { code?: string };
  return code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE'
    ? unavailable(`sent an answer of more than ${responseBytesMax} bytes`, cause)
    : unavailable('cannot be reached', cause);
}
