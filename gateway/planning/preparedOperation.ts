/** An operation that is ready to run, any number of times and with any variables. */

import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Completer } from '../execution/compileCompleter.js';
import type { OperationRun, Step, Variables } from '../execution/operationRun.js';
import type { Origin } from '../execution/subgraphErrors.js';
import type { SubgraphResponse } from '../upstream/subgraphResponse.js';
import type { SubscriptionRequest, Upstream } from '../upstream/upstream.js';

interface Prepared<Compiled> {
  /** What it was validated and planned against. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /**
   * Plans and compiles for the values that variables give to `@skip` and `@include`, or finds that
   * in the cache. Without such variables it has been done already.
   */
  readonly compiled: (variables: Variables) => Promise<Compiled | PreparationFailure>;
}

export interface PreparedRequest extends Prepared<CompiledRequest> {
  readonly kind: 'request';
}

export interface PreparedSubscription extends Prepared<CompiledSubscription> {
  readonly kind: 'subscription';
}

export type PreparedOperation = PreparedRequest | PreparedSubscription;

export interface CompiledRequest {
  /** Asks the subgraphs. */
  readonly run: Step;
  readonly complete: Completer;
  /** The operation's `__schema` and `__type` fields, if any. */
  readonly introspection: DocumentNode | undefined;
}

export interface CompiledSubscription {
  readonly source: EventSource;
  /** Asks the subgraphs for what an event leaves open. */
  readonly run: Step;
  readonly complete: Completer;
}

/** The subgraph that a subscription's events come from. */
export interface EventSource {
  readonly upstream: Upstream;
  readonly origin: Origin;
  readonly request: (variables: Variables) => SubscriptionRequest;
  /** Takes an event's data and errors into a run. */
  readonly take: (run: OperationRun, event: SubgraphResponse) => void;
}

/** Why an operation cannot run, each error with a code. */
export interface PreparationFailure {
  readonly errors: readonly GraphQLError[];
}
