/** Whoever counts and traces what a subgraph is asked. */

import type { BreakerState } from './circuitBreaker.js';
import type { RequestKind } from './upstream.js';

/** Called once per call to a subgraph, on the way: it must be quick and must not throw. */
export interface UpstreamObserver {
  /** `code` is `OK` for any GraphQL answer, else the code of the failure, or `ABORTED`. */
  callDone(code: string, seconds: number): void;
  retried(): void;
  breakerChanged(state: BreakerState): void;
}

/** A call that is being traced. */
export interface CallSpan {
  /** The headers of the call, with the span in them. */
  readonly headers: Readonly<Record<string, string>>;
  /** `code` as for the observer. */
  end(code: string): void;
}

export interface CallTracing {
  /** `headers` carry the request's own span. */
  callBegins(
    subgraph: string,
    kind: RequestKind,
    headers: Readonly<Record<string, string>>,
  ): CallSpan;
}
