/**
 * Subscriptions to one subgraph by the graphql-ws protocol, over one connection for all that come
 * with the same headers.
 */

import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { SIGNED_CONNECTION_MS } from './signing/callSigner.js';
import { EventQueue } from './eventQueue.js';
import type { OutgoingHeaders } from './outgoingHeaders.js';
import { subgraphResponse, type SubgraphResponse } from './subgraphResponse.js';
import type { SubscriptionRequest, UpstreamContext } from './upstream.js';
import { unavailable, UpstreamFailure } from './upstreamFailure.js';

export interface WebSocketSubscriptionsOptions {
  readonly url: string;
  /** For the handshake and the acknowledgement together with it, each. */
  readonly timeoutMs: number;
  readonly messageBytesMax: number;
  readonly outgoing: OutgoingHeaders;
}

/** The subgraph answered the handshake, with an HTTP status in place of a WebSocket. */
export class HandshakeRefused extends UpstreamFailure {
  override readonly name = 'HandshakeRefused';

  constructor(
    readonly statusCode: number,
    cause: unknown,
  ) {
    super('SUBGRAPH_UNAVAILABLE', 'cannot be reached', { cause });
  }
}

export interface WebSocketSubscriptions {
  subscribe(
    request: SubscriptionRequest,
    context: UpstreamContext,
  ): AsyncIterableIterator<SubgraphResponse>;
  close(): void;
}

type Events = EventQueue<SubgraphResponse>;

/** They name one request, and a connection serves many. */
const REQUEST_HEADERS = new Set(['x-request-id', 'traceparent', 'tracestate']);
/** The reader empties the queue as events come; this bounds what a stalled process can hoard. */
const QUEUED_EVENTS_MAX = 1_000;
/** A half-open connection is noticed within two of these. */
const PING_MS = 5_000;

export function webSocketSubscriptions(
  options: WebSocketSubscriptionsOptions,
): WebSocketSubscriptions {
  const connections = new Map<string, Connection>();

  const connectionFor = (context: UpstreamContext): Connection => {
    const key = connectionKey(context);
    const open = connections.get(key);
    const isOld = open && performance.now() - open.openedAt > SIGNED_CONNECTION_MS;
    if (open && !(isOld && options.outgoing.areSigned)) return open;
    const connection: Connection = new Connection(options, context, () => {
      if (connections.get(key) === connection) connections.delete(key);
    });
    connections.set(key, connection);
    return connection;
  };

  return {
    subscribe: (request, context) => connectionFor(context).subscribe(request),
    close: () => {
      for (const connection of [...connections.values()]) connection.lose('is being closed');
    },
  };
}

/** A connection is for one caller: its token, and our signature, are looked at only in the beginning. */
function connectionKey({ headers, caller }: UpstreamContext): string {
  const scopes = [...(caller?.scopes ?? [])].sort();
  return JSON.stringify([connectionHeaders(headers), caller?.subject, scopes]);
}

const connectionHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !REQUEST_HEADERS.has(name.toLowerCase()))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Lives as long as its socket: when that is gone, everything on it ends, and nothing reconnects. */
class Connection {
  readonly openedAt = performance.now();
  readonly #client: Client;
  readonly #open = new Set<Events>();
  readonly #forget: () => void;
  /** HTTP status in place of the handshake. */
  #refusedWith: number | undefined;

  /** `forget` is called when no further subscription can join. */
  constructor(
    options: WebSocketSubscriptionsOptions,
    context: UpstreamContext,
    forget: () => void,
  ) {
    this.#forget = forget;
    this.#client = unretryingClient(
      options,
      context,
      (statusCode) => (this.#refusedWith = statusCode),
      (cause) => this.lose('closed the connection', cause),
    );
  }

  subscribe(request: SubscriptionRequest): Events {
    const events: Events = new EventQueue(QUEUED_EVENTS_MAX, () => release());
    const leave = () => {
      this.#open.delete(events);
      // The socket closes with its last subscription; one that comes later gets a new socket.
      if (this.#open.size === 0) this.#forget();
    };
    const unsubscribe = this.#client.subscribe(request, {
      next: (payload) => {
        const response = subgraphResponse(payload);
        if (response) {
          events.push(response);
        } else {
          events.fail(unavailable('sent an event that is not a GraphQL response'));
          release();
        }
      },
      error: (error) => {
        leave();
        if (Array.isArray(error)) refuse(events, error);
        else events.fail(this.#failure('cannot be reached', error));
      },
      complete: () => {
        leave();
        events.complete();
      },
    });
    const release = () => {
      leave();
      unsubscribe();
    };
    this.#open.add(events);
    return events;
  }

  lose(problem: string, cause?: unknown): void {
    this.#forget();
    for (const events of this.#open) events.fail(this.#failure(problem, cause));
    this.#open.clear();
    // Rejects when the connection was never made, which has been reported above.
    Promise.resolve(this.#client.dispose()).catch(() => undefined);
  }

  #failure(problem: string, cause: unknown): UpstreamFailure {
    return this.#refusedWith === undefined
      ? unavailable(problem, cause)
      : new HandshakeRefused(this.#refusedWith, cause);
  }
}

/** The subgraph refused the operation: its errors are the one and last event. */
function refuse(events: Events, errors: readonly unknown[]): void {
  events.push(subgraphResponse({ errors }) ?? { data: null });
  events.complete();
}

function unretryingClient(
  { url, timeoutMs, messageBytesMax, outgoing }: WebSocketSubscriptionsOptions,
  context: UpstreamContext,
  onRefused: (statusCode: number) => void,
  onLost: (cause: unknown) => void,
): Client {
  const handshakeHeaders = connectionHeaders(outgoing.unsigned(context));
  let pongDeadline: NodeJS.Timeout | undefined;
  const client = createClient({
    url,
    webSocketImpl: class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        const limits = { handshakeTimeout: timeoutMs, maxPayload: messageBytesMax };
        const headers = handshakeHeaders;
        super(address, protocols, { ...limits, headers, perMessageDeflate: false });
        this.once('unexpected-response', (_request, response) => {
          onRefused(response.statusCode ?? 0);
          this.terminate();
        });
      }
    },
    // Signed when it is sent, which may be long after the handshake began.
    connectionParams: async () => connectionHeaders(await outgoing.headers('', context, 'query')),
    connectionAckWaitTimeout: timeoutMs,
    // A retry sends the first payload again, which loses or doubles events. Even without retries the
    // client resubscribes after a close with 1000, unless all has been unsubscribed by then.
    retryAttempts: 0,
    keepAlive: PING_MS,
    on: {
      ping: (received) => {
        if (!received) pongDeadline = setTimeout(() => client.terminate(), PING_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDeadline);
      },
      closed: (event) => {
        clearTimeout(pongDeadline);
        onLost(event);
      },
      error: onLost,
    },
  });
  return client;
}
