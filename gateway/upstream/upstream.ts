/** How the engine asks a subgraph, whatever carries the question: HTTP, WebSocket, or a call. */

import type { Caller } from '../admission/caller.js';
import type { CallerSignal } from './callerSignal.js';
import type { SubgraphResponse } from './subgraphResponse.js';

export interface UpstreamContext {
  /** What goes on to the subgraph as it came, already chosen by the front. */
  readonly headers: Readonly<Record<string, string>>;
  /** For whom; absent means nobody. */
  readonly caller?: Caller | undefined;
  /** Where the client connects from; not for subgraphs. */
  readonly address?: string | undefined;
  /** By when the whole operation has to be answered, on the clock of `performance.now()`. */
  readonly deadline?: number | undefined;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: CallerSignal | undefined;
}

/** A mutation must never be sent twice. */
export type RequestKind = 'query' | 'mutation';

export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Upstream {
  /**
   * `body` is a GraphQL request as JSON text; `kind` is `query` when absent. Rejects with
   * UpstreamFailure when there is no GraphQL answer, and with the signal's reason when the caller
   * aborts.
   */
  request(body: string, context: UpstreamContext, kind?: RequestKind): Promise<SubgraphResponse>;

  /**
   * Connects at the first `next()` or earlier. `return()` ends it at once, even while a `next()`
   * waits. `next()` rejects with UpstreamFailure when the connection is lost: events may be missing
   * from then on, so it is never resumed silently.
   */
  subscribe(
    request: SubscriptionRequest,
    context: UpstreamContext,
  ): AsyncIterableIterator<SubgraphResponse>;

  /** Ends open subscriptions and frees the connections. */
  close(): Promise<void>;
}
