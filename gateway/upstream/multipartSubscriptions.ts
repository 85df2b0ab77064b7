/**
 * Subscriptions to one subgraph by Apollo's multipart protocol: one HTTP answer each, whose parts are
 * heartbeats `{}`, events `{"payload":…}`, and at its end perhaps `{"payload":null,"errors":[…]}`.
 * Source: apollographql.com/docs, "Multipart HTTP protocol for GraphQL Subscriptions".
 */

import { Pool, type Dispatcher } from 'undici';
import { EventQueue } from './eventQueue.js';
import { GRAPHQL_RESPONSE } from './httpAnswer.js';
import { multipartBoundary, MultipartReader } from './multipartReader.js';
import type { OutgoingHeaders } from './outgoingHeaders.js';
import {
  isJsonObject,
  subgraphResponse,
  type JsonObject,
  type SubgraphResponse,
} from './subgraphResponse.js';
import type { SubscriptionRequest, UpstreamContext } from './upstream.js';
import { timedOut, unavailable } from './upstreamFailure.js';

export interface MultipartSubscriptionsOptions {
  readonly url: string;
  /** Until the subgraph has accepted or refused a subscription. */
  readonly timeoutMs: number;
  readonly messageBytesMax: number;
  readonly outgoing: OutgoingHeaders;
  /** Called whenever the subgraph takes a subscription in this way. */
  readonly onAccepted?: () => void;
  /** A subgraph that has sent heartbeats and is silent for this long is lost; 30 s when absent. */
  readonly silenceMsMax?: number;
}

export interface MultipartSubscriptions {
  subscribe(
    request: SubscriptionRequest,
    context: UpstreamContext,
  ): AsyncIterableIterator<SubgraphResponse, undefined>;
  close(): Promise<void>;
}

type Events = EventQueue<SubgraphResponse>;

const OWN_HEADERS = {
  'content-type': 'application/json',
  accept: `multipart/mixed;subscriptionSpec=1.0, ${GRAPHQL_RESPONSE}, application/json;q=0.9`,
};
/** The reader empties the queue as events come; this bounds what a stalled process can hoard. */
const QUEUED_EVENTS_MAX = 1_000;
/** Servers send heartbeats every 5 to 10 s. */
const SILENCE_MS_MAX = 30_000;

/** Each holds a connection of its own for as long as it lasts; queries have theirs elsewhere. */
export function multipartSubscriptions(
  options: MultipartSubscriptionsOptions,
): MultipartSubscriptions {
  const { timeoutMs, outgoing } = options;
  const { origin, pathname, search } = new URL(options.url);
  const pool = new Pool(origin, {
    connect: { timeout: timeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const open = new Set<Subscription>();

  const start = async (
    subscription: Subscription,
    request: SubscriptionRequest,
    context: UpstreamContext,
  ) => {
    try {
      const body = JSON.stringify(request);
      const headers = { ...(await outgoing.headers(body, context, 'query')), ...OWN_HEADERS };
      pool.dispatch({ path: pathname + search, method: 'POST', headers, body }, subscription);
    } catch (error) {
      subscription.fail(error as Error);
    }
  };

  return {
    subscribe: (request, context) => {
      const subscription: Subscription = new Subscription(options, () => open.delete(subscription));
      open.add(subscription);
      void start(subscription, request, context);
      return subscription.events;
    },
    close: async () => {
      for (const subscription of [...open]) subscription.fail(unavailable('is being closed'));
      await pool.destroy();
    },
  };
}

class Subscription implements Dispatcher.DispatchHandler {
  readonly events: Events;
  readonly #options: MultipartSubscriptionsOptions;
  readonly #forget: () => void;
  readonly #acceptance: NodeJS.Timeout;
  /** Runs from the first heartbeat on. */
  #silence: NodeJS.Timeout | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  /** Reads the parts; absent while the answer is a single one. */
  #parts: MultipartReader | undefined;
  #statusCode = 0;
  #whole: Buffer[] = [];
  #wholeBytes = 0;

  /** `forget` is called once, when it is over. */
  constructor(options: MultipartSubscriptionsOptions, forget: () => void) {
    this.#options = options;
    this.#forget = forget;
    this.events = new EventQueue(QUEUED_EVENTS_MAX, () => this.#end());
    const { timeoutMs } = options;
    const late = timedOut(`did not answer within ${timeoutMs} ms`);
    this.#acceptance = setTimeout(() => this.fail(late), timeoutMs);
  }

  fail(error: Error): void {
    this.events.fail(error);
    this.#end();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('Nobody waits for it any more.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#statusCode = statusCode;
    const boundary = multipartBoundary(String(headers['content-type']));
    if (boundary === undefined || statusCode >= 300) return;
    const { messageBytesMax, onAccepted } = this.#options;
    this.#parts = new MultipartReader(boundary, messageBytesMax, (part) => this.#takePart(part));
    clearTimeout(this.#acceptance);
    onAccepted?.();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    const { messageBytesMax } = this.#options;
    this.#silence?.refresh();
    if (this.#parts) {
      try {
        this.#parts.add(chunk);
      } catch (cause) {
        this.fail(unavailable(`sent an event of more than ${messageBytesMax} bytes`, cause));
      }
      if (this.#parts.isComplete) this.#complete();
    } else {
      this.#whole.push(chunk);
      this.#wholeBytes += chunk.length;
      if (this.#wholeBytes <= messageBytesMax) return;
      this.fail(unavailable(`sent an answer of more than ${messageBytesMax} bytes`));
    }
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    if (this.#parts) this.fail(unavailable('closed the connection'));
    else this.#takeRefusal(parsed(Buffer.concat(this.#whole).toString('utf8')));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const problem = this.#parts ? 'closed the connection' : 'cannot be reached';
    this.fail(unavailable(problem, error));
  }

  /** An answer in one piece is no subscription: its errors are the one and last event. */
  #takeRefusal(answer: unknown): void {
    const response = subgraphResponse(answer);
    if (response) {
      this.events.push(response);
      this.#complete();
    } else if (this.#statusCode >= 300) {
      this.fail(unavailable(`answered with HTTP status ${this.#statusCode}`));
    } else {
      this.fail(unavailable('sent an answer that is not a GraphQL response'));
    }
  }

  #takePart(text: string): void {
    if (this.#isOver) return;
    const part = parsed(text);
    if (!isJsonObject(part)) {
      this.#takeNonsense();
    } else if (part['payload'] === undefined && part['errors'] === undefined) {
      this.#takeHeartbeat();
    } else {
      this.#takeMessage(part);
    }
  }

  /** Errors beside the payload end the subscription; those of one event stand in it. */
  #takeMessage({ payload, errors }: JsonObject): void {
    const isEvent = payload !== null && payload !== undefined;
    const response = subgraphResponse(isEvent ? payload : { errors });
    if (response) this.events.push(response);
    if (errors !== undefined || payload === null) this.#complete();
    else if (!response) this.#takeNonsense();
  }

  #takeHeartbeat(): void {
    const { silenceMsMax = SILENCE_MS_MAX } = this.#options;
    const isSilent = () => this.fail(unavailable('has fallen silent'));
    this.#silence ??= setTimeout(isSilent, silenceMsMax);
  }

  #takeNonsense(): void {
    this.fail(unavailable('sent an event that is not a GraphQL response'));
  }

  #complete(): void {
    this.events.complete();
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#acceptance);
    clearTimeout(this.#silence);
    this.#forget();
    this.#controller?.abort(new Error('Nobody waits for it any more.'));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
