/** An operation that is ready to run, any number of times and with any variables. */

import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Completer } from '../execution/compileCompleter.js';
import type { OperationRun, Step, Variables } from '../execution/operationRun.js';
import type { Origin } from '../execution/subgraphErrors.js';
import type { SubgraphResponse } from '../upstream/subgraphResponse.js';
import type { SubscriptionRequest, Upstream } from '../upstream/upstream.js';

interface Prepared {
  /** What it was validated and planned against. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Asks the subgraphs: for all data, or for what an event leaves open. */
  readonly run: Step;
  readonly complete: Completer;
}

export interface PreparedRequest extends Prepared {
  readonly kind: 'request';
  /** The operation's `__schema` and `__type` fields, if any. */
  readonly introspection: DocumentNode | undefined;
}

export interface PreparedSubscription extends Prepared {
  readonly kind: 'subscription';
  readonly source: EventSource;
}

/** The subgraph that a subscription's events come from. */
export interface EventSource {
  readonly upstream: Upstream;
  readonly origin: Origin;
  readonly request: (variables: Variables) => SubscriptionRequest;
  /** Takes an event's data and errors into a run. */
  readonly take: (run: OperationRun, event: SubgraphResponse) => void;
}

export type PreparedOperation = PreparedRequest | PreparedSubscription;

/** Why an operation cannot run, each error with a code. */
export interface PreparationFailure {
  readonly errors: readonly GraphQLError[];
}
