/** What compiling a plan needs to know of the supergraph that it was made for. */

import type { Upstream } from '../upstream/upstream.js';
import type { Origin } from './subgraphErrors.js';
import type { TypeConditions } from './typeConditions.js';

export interface Subgraph {
  readonly upstream: Upstream;
  readonly origin: Origin;
}

export interface PlanContext {
  readonly types: TypeConditions;
  /** Throws for a name that is not in the supergraph. */
  subgraph(service: string): Subgraph;
}
