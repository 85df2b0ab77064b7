/** A subgraph as a gateway in service asks it: guarded by retries and a breaker, and observed. */

import { CallGuard } from './callGuard.js';
import { CircuitBreaker } from './circuitBreaker.js';
import { httpUpstream, type HttpUpstreamOptions } from './httpUpstream.js';
import { observedUpstream } from './observedUpstream.js';
import { RetryBudget } from './retryBudget.js';
import type { Upstream } from './upstream.js';
import type { CallTracing, UpstreamObserver } from './upstreamObserver.js';

export interface SubgraphUpstreamOptions extends Omit<HttpUpstreamOptions, 'guard'> {
  readonly name: string;
  readonly observer?: UpstreamObserver | undefined;
  readonly tracing?: CallTracing | undefined;
  /** In [0, 1), for the jitter of retries; `Math.random` when absent. */
  readonly random?: () => number;
}

/** Connects when it is first asked. The breaker and the retries are this subgraph's own. */
export function subgraphUpstream(options: SubgraphUpstreamOptions): Upstream {
  const { name, observer, tracing, now = () => performance.now() } = options;
  const guard = new CallGuard({
    breaker: new CircuitBreaker({ now, onChange: (state) => observer?.breakerChanged(state) }),
    budget: new RetryBudget(),
    random: options.random ?? Math.random,
    onRetry: () => observer?.retried(),
  });
  return observedUpstream(httpUpstream({ ...options, guard, now }), { name, observer, tracing });
}
