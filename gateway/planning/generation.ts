/** One supergraph in service. It never changes: another supergraph is another generation. */

import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { AccessRules } from '../admission/authorization/accessRules.js';
import { CostRules } from '../admission/cost/costRules.js';
import { UNMETERED, type OperationPolicy } from '../admission/operationPolicy.js';
import type { Subgraph } from '../execution/planContext.js';
import { TypeConditions } from '../execution/typeConditions.js';
import { LeastRecentlyUsed } from '../upstream/leastRecentlyUsed.js';
import type { Upstream } from '../upstream/upstream.js';
import { apiSchema } from './apiSchema.js';
import { assertPlannable } from './assertPlannable.js';
import type { Planning } from './planning.js';
import { prepareOperation } from './prepareOperation.js';
import type { PreparationFailure, PreparedOperation } from './preparedOperation.js';
import { supergraphSubgraphs } from './supergraphSubgraphs.js';

export interface GenerationOptions {
  readonly supergraphSdl: string;
  /** By the names that the subgraphs have in the supergraph. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** The slug of a subgraph that is a venue, for its errors. */
  readonly venueOf?: (service: string) => string | undefined;
  /** What is taken from clients; by default anything within the default limits. */
  readonly policy?: OperationPolicy;
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
  readonly #prepared: LeastRecentlyUsed<PreparedOperation>;

  constructor(options: GenerationOptions) {
    const {
      supergraphSdl,
      policy = UNMETERED,
      planCacheCharacters = PLAN_CACHE_CHARACTERS,
    } = options;
    const supergraph = parse(supergraphSdl, { noLocation: true });
    assertPlannable(supergraph);
    const subgraphs = subgraphsIn(supergraph, options);
    const planner = new QueryPlanner(supergraphSdl);
    this.schema = apiSchema(planner.consumerSchema);
    this.#prepared = new LeastRecentlyUsed(planCacheCharacters);
    this.#planning = {
      planner,
      schema: this.schema,
      types: new TypeConditions(supergraph),
      policy,
      access: new AccessRules(supergraph, policy.policies),
      costs: new CostRules(supergraph),
      subgraph: (service) => {
        const subgraph = subgraphs.get(service);
        if (!subgraph) throw new Error(`The supergraph has no subgraph "${service}".`);
        return subgraph;
      },
    };
  }

  /** Parses, measures and validates an operation, or finds it in the cache, if it may run. */
  prepare(query: string, operationName?: string | null): PreparedOperation | PreparationFailure {
    const key = `${operationName ?? ''}\n${query}`;
    const known = this.#prepared.get(key);
    if (known) return known;
    const prepared = prepareOperation(query, operationName ?? undefined, this.#planning);
    if (!('errors' in prepared)) this.#prepared.set(key, prepared, key.length);
    return prepared;
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
