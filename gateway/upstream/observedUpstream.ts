/** Tells an observer of every request to a subgraph, and its span to the subgraph. */

import type { RequestKind, Upstream, UpstreamContext } from './upstream.js';
import { UpstreamFailure } from './upstreamFailure.js';
import type { CallSpan, CallTracing, UpstreamObserver } from './upstreamObserver.js';

export interface Observation {
  /** The subgraph's name. */
  readonly name: string;
  readonly observer?: UpstreamObserver | undefined;
  readonly tracing?: CallTracing | undefined;
}

/** Retries are within one call: it takes as long as its caller waits. */
export function observedUpstream(
  upstream: Upstream,
  { name, observer, tracing }: Observation,
): Upstream {
  const request = (body: string, context: UpstreamContext, kind: RequestKind = 'query') => {
    const span = tracing?.callBegins(name, kind, context.headers);
    const call = new ObservedCall(observer, span);
    const { headers = context.headers } = span ?? {};
    const asked = headers === context.headers ? context : { ...context, headers };
    return upstream.request(body, asked, kind).then(
      (response) => {
        call.ends('OK');
        return response;
      },
      (failure: unknown) => {
        call.ends(failureCode(failure, context));
        throw failure;
      },
    );
  };
  return {
    request,
    subscribe: (question, context) => upstream.subscribe(question, context),
    close: () => upstream.close(),
  };
}

class ObservedCall {
  readonly #begun = performance.now();
  readonly #observer: UpstreamObserver | undefined;
  readonly #span: CallSpan | undefined;

  constructor(observer: UpstreamObserver | undefined, span: CallSpan | undefined) {
    this.#observer = observer;
    this.#span = span;
  }

  ends(code: string): void {
    this.#observer?.callDone(code, (performance.now() - this.#begun) / 1_000);
    this.#span?.end(code);
  }
}

function failureCode(failure: unknown, { signal }: UpstreamContext): string {
  if (failure instanceof UpstreamFailure) return failure.code;
  return signal?.aborted ? 'ABORTED' : 'INTERNAL_SERVER_ERROR';
}
