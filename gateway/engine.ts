/** The supergraph in service, and the operations that run on it. */

import { GraphQLError, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { OperationPolicy } from './admission/operationPolicy.js';
import { executeOperation } from './execution/executeOperation.js';
import { Generation } from './planning/generation.js';
import type {
  PreparationFailure,
  PreparedOperation,
  PreparedSubscription,
} from './planning/preparedOperation.js';
import { supergraphSubgraphs, type SupergraphSubgraph } from './planning/supergraphSubgraphs.js';
import { LiveSubscriptions, type Subscriber } from './subscriptions/liveSubscriptions.js';
import type { ResultQueue } from './subscriptions/resultQueue.js';
import type { Telemetry } from './telemetry/telemetry.js';
import { localUpstream } from './upstream/localUpstream.js';
import { observedUpstream } from './upstream/observedUpstream.js';
import type { CallSigner } from './upstream/signing/callSigner.js';
import { subgraphUpstream } from './upstream/subgraphUpstream.js';
import type { Upstream, UpstreamContext } from './upstream/upstream.js';

export interface Operation {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether it came in a way in which nothing may be changed; false when absent. */
  readonly isReadOnly?: boolean;
}

export interface EngineOptions {
  /** A subgraph that takes longer costs its fields. */
  readonly timeoutMs: number;
  /** Subgraphs inside this process, by their address: their schema at the moment of the call. */
  readonly local?: ReadonlyMap<string, () => GraphQLSchema>;
  /** The slug of a subgraph that is a venue, for its errors. */
  readonly venueOf?: (subgraph: string) => string | undefined;
  /** What is taken from clients; by default anything within the default limits. */
  readonly policy?: OperationPolicy;
  /** Signs every call over the network, in place of the caller's own token. */
  readonly signer?: CallSigner;
  /** Told of every call to a subgraph. */
  readonly telemetry?: Pick<Telemetry, 'metrics' | 'tracing'>;
}

export interface InService {
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
}

/** A generation with how many requests are on it. */
interface Serving extends InService {
  readonly generation: Generation;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  requests: number;
  onIdle: () => void;
}

export class Engine {
  readonly #options: EngineOptions;
  /** By name and address, so that a subgraph that moves is another one. */
  readonly #upstreams = new Map<string, Upstream>();
  readonly #listeners = new Set<(inService: InService) => void>();
  #serving: Serving | undefined;
  /** Replaced, with requests that still run. */
  readonly #draining = new Set<Serving>();
  readonly #subscriptions = new LiveSubscriptions((listener) => this.onSwap(listener));

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** What clients see. Throws before the first `swap`. */
  get schema(): GraphQLSchema {
    return this.#now().schema;
  }

  /**
   * Puts a supergraph into service; resolves when the last request on the one before has its answer,
   * and the connections that only it used are closed. Rejects what is no supergraph that the planner
   * takes, or has a subgraph without an address; then what was in service stays.
   */
  async swap(supergraphSdl: string): Promise<void> {
    const { venueOf, policy } = this.#options;
    const subgraphs = supergraphSubgraphs(parse(supergraphSdl, { noLocation: true }));
    const upstreams = new Map(subgraphs.map((one) => [one.name, this.#upstreamOf(one)]));
    const generation = new Generation({
      supergraphSdl,
      upstreams,
      ...(venueOf && { venueOf }),
      ...(policy && { policy }),
    });
    const before = this.#serving;
    const { schema } = generation;
    const onIdle = () => undefined;
    const serving = { generation, upstreams, schema, supergraphSdl, requests: 0, onIdle };
    this.#serving = serving;
    for (const listener of this.#listeners) listener(serving);
    if (before && before.requests > 0) {
      this.#draining.add(before);
      await new Promise<void>((resolve) => {
        before.onIdle = resolve;
      });
      this.#draining.delete(before);
    }
    await this.#subscriptions.migrated();
    await this.#closeUnused();
  }

  /** Calls back with what is in service now, and after each swap; returns what ends that. */
  onSwap(listener: (inService: InService) => void): () => void {
    this.#listeners.add(listener);
    if (this.#serving) listener(this.#serving);
    return () => this.#listeners.delete(listener);
  }

  prepare({
    query,
    operationName,
  }: Pick<Operation, 'query' | 'operationName'>): PreparedOperation | PreparationFailure {
    return this.#now().generation.prepare(query, operationName);
  }

  /** A query or a mutation. */
  execute(operation: Operation, context: UpstreamContext): Promise<ExecutionResult> {
    const prepared = this.prepare(operation);
    return 'errors' in prepared
      ? Promise.resolve(prepared)
      : this.run(prepared, operation, context);
  }

  /** `prepared` must be of the supergraph in service: prepared at once before. */
  async run(
    prepared: PreparedOperation,
    { variables, isReadOnly }: Pick<Operation, 'variables' | 'isReadOnly'>,
    context: UpstreamContext,
  ): Promise<ExecutionResult> {
    if (prepared.kind === 'subscription') return { errors: [SUBSCRIPTION_OVER_HTTP] };
    if (prepared.kind === 'mutation' && isReadOnly) return { errors: [MUTATION_OVER_GET] };
    const serving = this.#now();
    serving.requests += 1;
    try {
      return await executeOperation(prepared, variables, context);
    } finally {
      serving.requests -= 1;
      if (serving.requests === 0) serving.onIdle();
    }
  }

  /** Subscriptions to subgraphs that are open now. */
  get upstreamSubscriptions(): number {
    return this.#subscriptions.size;
  }

  /** See LiveSubscriptions: identical ones share, and all go over to what is swapped in. */
  subscribe(
    prepared: PreparedSubscription,
    subscriber: Subscriber,
  ): Promise<ResultQueue | PreparationFailure> {
    return this.#subscriptions.subscribe(prepared, subscriber);
  }

  /** Ends all upstream connections; what is still running fails. */
  async close(): Promise<void> {
    await Promise.all([...this.#upstreams.values()].map((upstream) => upstream.close()));
  }

  #upstreamOf({ name, url }: SupergraphSubgraph): Upstream {
    const { local, timeoutMs, signer, telemetry } = this.#options;
    const key = `${name} ${url}`;
    const known = this.#upstreams.get(key);
    if (known) return known;
    const schema = local?.get(url);
    if (!schema && !/^https?:$/.test(protocolOf(url))) {
      throw new Error(
        `The subgraph "${name}" has no HTTP address, but "${url}". Compose the supergraph with its routing URL.`,
      );
    }
    const observer = telemetry?.metrics.subgraph(name);
    const tracing = telemetry?.tracing;
    const upstream = schema
      ? observedUpstream(localUpstream(schema), { name, observer, tracing })
      : subgraphUpstream({ name, url, timeoutMs, observer, tracing, signer });
    this.#upstreams.set(key, upstream);
    return upstream;
  }

  async #closeUnused(): Promise<void> {
    const inUse = [this.#now(), ...this.#draining];
    const used = new Set(inUse.flatMap(({ upstreams }) => [...upstreams.values()]));
    const unused = [...this.#upstreams].filter(([, upstream]) => !used.has(upstream));
    for (const [key] of unused) this.#upstreams.delete(key);
    await Promise.all(unused.map(([, upstream]) => upstream.close()));
  }

  #now(): Serving {
    if (!this.#serving) throw new Error('no supergraph is in service yet');
    return this.#serving;
  }
}

const protocolOf = (url: string) => (URL.canParse(url) ? new URL(url).protocol : '');

const SUBSCRIPTION_OVER_HTTP = new GraphQLError(
  'Subscriptions run over WebSocket (graphql-transport-ws), on the same address.',
  { extensions: { code: 'BAD_REQUEST' } },
);

const MUTATION_OVER_GET = new GraphQLError('A mutation is sent with POST.', {
  extensions: { code: 'METHOD_NOT_ALLOWED' },
});
