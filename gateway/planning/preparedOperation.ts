/** An operation that is ready to run, any number of times and with any variables. */

import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Asker } from '../admission/operationPolicy.js';
import type { Completer } from '../execution/compileCompleter.js';
import type { OperationRun, Step, Variables } from '../execution/operationRun.js';
import type { Origin } from '../execution/subgraphErrors.js';
import type { SubgraphResponse } from '../upstream/subgraphResponse.js';
import type { SubscriptionRequest, Upstream } from '../upstream/upstream.js';

interface Prepared<Compiled> {
  /** What metrics and traces call it. */
  readonly id: string;
  /** What it was validated against, and is planned against. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /**
   * Checks the variables, what the asker may read, and what it costs; then plans and compiles, or
   * finds that in the cache. Never rejects.
   */
  readonly admit: (
    given: GivenVariables,
    asker: Asker,
  ) => Promise<Admitted<Compiled> | PreparationFailure>;
}

/** As they came from the client. */
export type GivenVariables = Readonly<Record<string, unknown>> | null | undefined;

export interface Admitted<Compiled> {
  /** Coerced, defaults included. */
  readonly variables: Variables;
  readonly compiled: Compiled;
}

export interface PreparedRequest extends Prepared<CompiledRequest> {
  readonly kind: 'query' | 'mutation';
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
