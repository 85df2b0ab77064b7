/** How the engine asks a subgraph, whatever carries the question: HTTP, WebSocket, or a call. */

import type { SubgraphResponse } from './subgraphResponse.js';

export interface UpstreamContext {
  /** What the subgraph is told of the caller, already chosen by the caller. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Upstream {
  /**
   * `body` is a GraphQL request as JSON text. Rejects with UpstreamFailure when there is no GraphQL
   * answer, and with the signal's reason when the caller aborts.
   */
  request(body: string, context: UpstreamContext): Promise<SubgraphResponse>;

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
