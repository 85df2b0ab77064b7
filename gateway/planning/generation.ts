/** One supergraph in service. It never changes: another supergraph is another generation. */

import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Subgraph } from '../execution/planContext.js';
import { TypeConditions } from '../execution/typeConditions.js';
import type { Upstream } from '../upstream/upstream.js';
import { apiSchema } from './apiSchema.js';
import { assertPlannable } from './assertPlannable.js';
import type { Planning } from './planning.js';
import { PreparationCache } from './preparationCache.js';
import { prepareOperation } from './prepareOperation.js';
import type { PreparationFailure, PreparedOperation } from './preparedOperation.js';
import { supergraphSubgraphs } from './supergraphSubgraphs.js';

export interface GenerationOptions {
  readonly supergraphSdl: string;
  /** By the names that the subgraphs have in the supergraph. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** The slug of a subgraph that is a venue, for its errors. */
  readonly venueOf?: (service: string) => string | undefined;
  /** Characters of operations whose plans are kept: a plan grows with its text. */
  readonly planCacheCharacters?: number;
}

const PLAN_CACHE_CHARACTERS = 4_000_000;

/**
 * Making one parses the supergraph and builds its schema, tens of milliseconds. It throws when the
 * planner refuses the supergraph or would die of it, or when a subgraph in it has no upstream.
 */
export class Generation {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly #planning: Planning;
  readonly #prepared: PreparationCache<PreparedOperation>;

  constructor(options: GenerationOptions) {
    const { supergraphSdl, planCacheCharacters = PLAN_CACHE_CHARACTERS } = options;
    const supergraph = parse(supergraphSdl, { noLocation: true });
    assertPlannable(supergraph);
    const subgraphs = subgraphsIn(supergraph, options);
    const planner = new QueryPlanner(supergraphSdl);
    this.schema = apiSchema(planner.consumerSchema);
    this.#prepared = new PreparationCache(planCacheCharacters);
    this.#planning = {
      planner,
      schema: this.schema,
      types: new TypeConditions(supergraph),
      subgraph: (service) => {
        const subgraph = subgraphs.get(service);
        if (!subgraph) throw new Error(`The supergraph has no subgraph "${service}".`);
        return subgraph;
      },
    };
  }

  /**
   * Parses, validates, plans and compiles an operation, or finds it in the cache. Requests for the
   * same operation that come together share the work. What cannot run is not kept.
   */
  prepare(
    query: string,
    operationName?: string | null,
  ): Promise<PreparedOperation | PreparationFailure> {
    const key = `${operationName ?? ''}\n${query}`;
    return this.#prepared.get(key, key.length, () =>
      prepareOperation(query, operationName ?? undefined, this.#planning),
    );
  }
}

function subgraphsIn(supergraph: DocumentNode, options: GenerationOptions): Map<string, Subgraph> {
  return new Map(
    supergraphSubgraphs(supergraph).map(({ name: service }) => {
      const upstream = options.upstreams.get(service);
      if (!upstream) throw new Error(`No upstream for the subgraph "${service}".`);
      const venue = options.venueOf?.(service);
      return [
        service,
        { upstream, origin: { service, ...(venue === undefined ? {} : { venue }) } },
      ];
    }),
  );
}
