/** One run of an operation: what its steps read, and where they leave what they find. */

import type { GraphQLError } from 'graphql';
import type { JsonObject } from '../upstream/subgraphResponse.js';
import type { UpstreamContext } from '../upstream/upstream.js';

/** The operation's variables after coercion, defaults included. */
export type Variables = Readonly<Record<string, unknown>>;

export interface OperationRun {
  readonly variables: Variables;
  readonly context: UpstreamContext;
  /** What subgraphs have answered so far, under the keys of the response. */
  readonly data: JsonObject;
  readonly errors: GraphQLError[];
}

/** Adds to the run's data and errors. Rejects only when the caller has aborted. */
export type Step = (run: OperationRun) => Promise<void>;
