/** The supergraph in service, and the operations that run on it. */

import { GraphQLError, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { executeOperation } from './execution/executeOperation.js';
import { Generation } from './planning/generation.js';
import type {
  PreparationFailure,
  PreparedOperation,
  PreparedSubscription,
} from './planning/preparedOperation.js';
import { supergraphSubgraphs, type SupergraphSubgraph } from './planning/supergraphSubgraphs.js';
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
  /** A subgraph that takes longer costs its fields. */
  readonly timeoutMs: number;
  /** Subgraphs inside this process, by their address: their schema at the moment of the call. */
  readonly local?: ReadonlyMap<string, () => GraphQLSchema>;
  /** The slug of a subgraph that is a venue, for its errors. */
  readonly venueOf?: (subgraph: string) => string | undefined;
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
    const { venueOf } = this.#options;
    const subgraphs = supergraphSubgraphs(parse(supergraphSdl, { noLocation: true }));
    const upstreams = new Map(subgraphs.map((one) => [one.name, this.#upstreamOf(one)]));
    const generation = new Generation({
      supergraphSdl,
      upstreams,
      ...(venueOf && { venueOf }),
    });
    const before = this.#serving;
    const { schema } = generation;
    const onIdle = () => undefined;
    const serving = { generation, upstreams, schema, supergraphSdl, requests: 0, onIdle };
    this.#serving = serving;
    for (const listener of this.#listeners) listener(serving);
    if (before && before.requests > 0) {
      await new Promise<void>((resolve) => {
        before.onIdle = resolve;
      });
    }
    await this.#closeUnused();
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

  #upstreamOf({ name, url }: SupergraphSubgraph): Upstream {
    const { local, timeoutMs } = this.#options;
    const key = `${name} ${url}`;
    const known = this.#upstreams.get(key);
    if (known) return known;
    const schema = local?.get(url);
    if (!schema && !/^https?:$/.test(protocolOf(url))) {
      throw new Error(
        `The subgraph "${name}" has no HTTP address, but "${url}". Compose the supergraph with its routing URL.`,
      );
    }
    const upstream = schema ? localUpstream(schema) : httpUpstream({ url, timeoutMs });
    this.#upstreams.set(key, upstream);
    return upstream;
  }

  async #closeUnused(): Promise<void> {
    const used = new Set(this.#now().upstreams.values());
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

const subscriptionOverHttp = () =>
  new GraphQLError(
    'Subscriptions run over WebSocket (graphql-transport-ws), on the same address.',
    {
      extensions: { code: 'BAD_REQUEST' },
    },
  );
