/** Subscriptions to one subgraph by whichever transport it offers. */

import { EventQueue } from './eventQueue.js';
import { multipartSubscriptions } from './multipartSubscriptions.js';
import type { OutgoingHeaders } from './outgoingHeaders.js';
import { pumpEvents } from './pumpEvents.js';
import type { SubgraphResponse } from './subgraphResponse.js';
import type { SubscriptionRequest, UpstreamContext } from './upstream.js';
import { HandshakeRefused, webSocketSubscriptions } from './webSocketSubscriptions.js';

/** graphql-ws, Apollo's `multipart/mixed;subscriptionSpec=1.0`, or whichever works. */
export type SubscriptionTransport = 'graphql-ws' | 'multipart' | 'auto';

export interface HttpSubscriptionsOptions {
  /** `http:` or `https:`; WebSockets go to the same address. */
  readonly url: string;
  /** For opening one. */
  readonly timeoutMs: number;
  readonly messageBytesMax: number;
  readonly outgoing: OutgoingHeaders;
  readonly transport: SubscriptionTransport;
}

export interface HttpSubscriptions {
  subscribe(
    request: SubscriptionRequest,
    context: UpstreamContext,
  ): AsyncIterableIterator<SubgraphResponse>;
  close(): Promise<void>;
}

type Events = AsyncIterableIterator<SubgraphResponse>;

/** They tell of the caller or of the moment, and nothing of WebSockets. */
const OTHER_REFUSALS = new Set([401, 403, 408, 429]);
/** They only pass through: what waits for a slow reader waits here. */
const QUEUED_EVENTS_MAX = 1_000;

/**
 * With `auto`, WebSocket is tried first; where the subgraph refuses it and then takes a subscription
 * over multipart, multipart is used from then on.
 */
export function httpSubscriptions(options: HttpSubscriptionsOptions): HttpSubscriptions {
  const { transport, url } = options;
  let usesMultipart = transport === 'multipart';
  const webSocket = webSocketSubscriptions({ ...options, url: url.replace(/^http/, 'ws') });
  const multipart = multipartSubscriptions({
    ...options,
    onAccepted: () => (usesMultipart = true),
  });

  return {
    subscribe: (request, context) => {
      if (usesMultipart) return multipart.subscribe(request, context);
      const first = webSocket.subscribe(request, context);
      return transport === 'graphql-ws'
        ? first
        : withFallback(first, () => multipart.subscribe(request, context));
    },
    close: () => {
      webSocket.close();
      return multipart.close();
    },
  };
}

/** Reads on from `second` when the subgraph refuses to open the first. */
function withFallback(first: Events, second: () => Events): Events {
  let source = first;
  const events: EventQueue<SubgraphResponse> = new EventQueue(
    QUEUED_EVENTS_MAX,
    () => void source.return?.(),
  );
  void (async () => {
    try {
      const { value, done } = (await source.next()) as IteratorResult<SubgraphResponse, undefined>;
      if (done) {
        events.complete();
        return;
      }
      events.push(value);
    } catch (error) {
      if (!(error instanceof HandshakeRefused && knowsNoWebSocket(error))) {
        events.fail(error as Error);
        return;
      }
      if (!events.isEnded) source = second();
    }
    await pumpEvents(source, events, (event) => event);
  })();
  return events;
}

/** Most servers without WebSockets answer 400, 404, 405 or 426, some a page with 200. */
const knowsNoWebSocket = ({ statusCode }: HandshakeRefused) =>
  statusCode < 500 && !OTHER_REFUSALS.has(statusCode);
