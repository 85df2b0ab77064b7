/** Tells an observer of every request to a subgraph, and its span to the subgraph. */

import type { RequestKind, Upstream, UpstreamContext } from './upstream.js';
import { UpstreamFailure } from './upstreamFailure.js';
import type { CallTracing, UpstreamObserver } from './upstreamObserver.js';

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
  const request = async (body: string, context: UpstreamContext, kind: RequestKind = 'query') => {
    const start = performance.now();
    const span = tracing?.callBegins(name, kind, context.headers);
    let code = 'OK';
    try {
      const asked = span ? { ...context, headers: span.headers } : context;
      return await upstream.request(body, asked, kind);
    } catch (failure) {
      code = failureCode(failure, context);
      throw failure;
    } finally {
      observer?.callDone(code, (performance.now() - start) / 1_000);
      span?.end(code);
    }
  };
  return {
    request,
    subscribe: (question, context) => upstream.subscribe(question, context),
    close: () => upstream.close(),
  };
}

function failureCode(failure: unknown, { signal }: UpstreamContext): string {
  if (failure instanceof UpstreamFailure) return failure.code;
  return signal?.aborted ? 'ABORTED' : 'INTERNAL_SERVER_ERROR';
}
