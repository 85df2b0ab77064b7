/** The supergraph in service, and the operations that run on it. */

import { GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { executeOperation } from './execution/executeOperation.js';
import { Generation } from './planning/generation.js';
import type {
  PreparationFailure,
  PreparedOperation,
  PreparedSubscription,
} from './planning/preparedOperation.js';
import { HUB } from './registry/hubSubgraph.js';
import type { SubgraphEndpoint } from './registry/supergraphRegistry.js';
import { subscribeOperation, type Results } from './subscriptions/subscribeOperation.js';
import { httpUpstream } from './upstream/httpUpstream.js';
import { localUpstream } from './upstream/localUpstream.js';
import type { Upstream, UpstreamContext } from './upstream/upstream.js';

export interface Operation {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface EngineOptions {
  readonly endpoints: readonly SubgraphEndpoint[];
  /** The hub's schema at the moment of the call. */
  readonly hubSchema: () => GraphQLSchema;
  /** A subgraph that takes longer costs its fields. */
  readonly timeoutMs: number;
}

export interface InService {
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
}

/** A generation with how many requests are on it. */
interface Serving extends InService {
  readonly generation: Generation;
  requests: number;
  onIdle: () => void;
}

export class Engine {
  readonly #options: EngineOptions;
  readonly #upstreams: ReadonlyMap<string, Upstream>;
  readonly #listeners = new Set<(inService: InService) => void>();
  #serving: Serving | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { endpoints, hubSchema, timeoutMs } = options;
    this.#upstreams = new Map([
      ...endpoints.map(({ name, url }) => [name, httpUpstream({ url, timeoutMs })] as const),
      [HUB, localUpstream(hubSchema)] as const,
    ]);
  }

  /** What clients see. Throws before the first `swap`. */
  get schema(): GraphQLSchema {
    return this.#now().schema;
  }

  /**
   * Puts a supergraph into service; resolves when the last request on the one before has its answer.
   * Throws when it has a subgraph that is not among the endpoints.
   */
  async swap(supergraphSdl: string): Promise<void> {
    const { endpoints } = this.#options;
    const generation = new Generation({
      supergraphSdl,
      upstreams: this.#upstreams,
      venueOf: (service) => endpoints.find(({ name }) => name === service)?.venue?.slug,
    });
    const before = this.#serving;
    const { schema } = generation;
    const serving = { generation, schema, supergraphSdl, requests: 0, onIdle: () => undefined };
    this.#serving = serving;
    for (const listener of this.#listeners) listener(serving);
    if (!before || before.requests === 0) return;
    await new Promise<void>((resolve) => {
      before.onIdle = resolve;
    });
  }

  /** Calls back with what is in service now, and after each swap; returns what ends that. */
  onSwap(listener: (inService: InService) => void): () => void {
    this.#listeners.add(listener);
    if (this.#serving) listener(this.#serving);
    return () => this.#listeners.delete(listener);
  }

  prepare({ query, operationName }: Operation): Promise<PreparedOperation | PreparationFailure> {
    return this.#now().generation.prepare(query, operationName);
  }

  /** A query or a mutation. */
  async execute(operation: Operation, context: UpstreamContext): Promise<ExecutionResult> {
    const serving = this.#now();
    serving.requests += 1;
    try {
      const prepared = await serving.generation.prepare(operation.query, operation.operationName);
      if ('errors' in prepared) return prepared;
      if (prepared.kind === 'subscription') return { errors: [subscriptionOverHttp()] };
      return await executeOperation(prepared, operation.variables, context);
    } finally {
      serving.requests -= 1;
      if (serving.requests === 0) serving.onIdle();
    }
  }

  /** `headersOf` is asked once to begin with, and again for every event. */
  subscribe(
    prepared: PreparedSubscription,
    variables: Operation['variables'],
    headersOf: () => Readonly<Record<string, string>>,
  ): Results {
    return subscribeOperation(prepared, variables, headersOf);
  }

  /** Ends all upstream connections; what is still running fails. */
  async close(): Promise<void> {
    await Promise.all([...this.#upstreams.values()].map((upstream) => upstream.close()));
  }

  #now(): Serving {
    if (!this.#serving) throw new Error('no supergraph is in service yet');
    return this.#serving;
  }
}

const subscriptionOverHttp = () =>
  new GraphQLError(
    'Subscriptions run over WebSocket (graphql-transport-ws), on the same address.',
    {
      extensions: { code: 'BAD_REQUEST' },
    },
  );
