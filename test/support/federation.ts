/** Several subgraphs on real ports, composed, with the gateway's engine in front of them. */

import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { ExecutionResult } from 'graphql';
import { executeOperation } from '../../gateway/execution/executeOperation.js';
import { Generation } from '../../gateway/planning/generation.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { subscribeOperation, type Results } from './subscribeOperation.js';
import { httpUpstream } from '../../gateway/upstream/httpUpstream.js';
import type { Upstream, UpstreamContext } from '../../gateway/upstream/upstream.js';
import { startSubgraph, type RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';

export type Resolvers = GraphQLResolverMap<{ headers: Record<string, unknown> }>;

export interface TestSubgraph {
  readonly name: string;
  /** Without the `@link` of federation, which is added. */
  readonly typeDefs: string;
  readonly resolvers: Resolvers;
  /** Asked in place of its own server, to see what happens when that one misbehaves. */
  readonly stand?: Upstream;
  /** Its slug, when it is a venue. */
  readonly venue?: string;
}

export interface SubgraphRequest {
  readonly service: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Federation {
  readonly generation: Generation;
  /** What has been asked of subgraphs over HTTP, in order. */
  readonly requests: SubgraphRequest[];
  /** The answer as a client reads it: through JSON. */
  execute(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    context?: Partial<UpstreamContext>,
  ): Promise<ExecutionResult>;
  subscribe(query: string, variables?: Readonly<Record<string, unknown>>): Results;
  /** Ends one subgraph's process, as far as others can tell. */
  stop(service: string): Promise<void>;
  close(): Promise<void>;
}

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible",
  "@interfaceObject"
])\n`;

const TIMEOUT_MS = 2_000;

/** Answers `value` as a client reads it, so that tests compare plain objects. */
export const asClientReads = (value: unknown) =>
  JSON.parse(JSON.stringify(value)) as ExecutionResult;

export async function startFederation(
  subgraphs: readonly TestSubgraph[],
  timeoutMs = TIMEOUT_MS,
): Promise<Federation> {
  const running = new Map<string, RunningSubgraph>();
  for (const { name, typeDefs, resolvers } of subgraphs) {
    const context = (headers: Record<string, unknown>) => ({ headers });
    const options = { typeDefs: FEDERATION + typeDefs, resolvers, port: 0, context };
    running.set(name, await startSubgraph(options));
  }
  const urlOf = (name: string) => running.get(name)?.url ?? '';

  const requests: SubgraphRequest[] = [];
  const upstreams = new Map(
    subgraphs.map(({ name, stand }) => [
      name,
      recordingUpstream(name, stand ?? httpUpstream({ url: urlOf(name), timeoutMs }), requests),
    ]),
  );
  const generation = new Generation({
    supergraphSdl: composeSupergraph(
      subgraphs.map(({ name, typeDefs }) => ({
        name,
        url: urlOf(name),
        typeDefs: FEDERATION + typeDefs,
      })),
    ),
    upstreams,
    venueOf: (service) => subgraphs.find(({ name }) => name === service)?.venue,
  });

  return {
    generation,
    requests,
    execute: async (query, variables, context) => {
      const prepared = generation.prepare(query);
      if ('errors' in prepared) return asClientReads(prepared);
      if (prepared.kind === 'subscription') throw new Error('This is a subscription.');
      return asClientReads(
        await executeOperation(prepared, variables, { headers: {}, ...context }),
      );
    },
    subscribe: (query, variables) => {
      const prepared = generation.prepare(query);
      if ('errors' in prepared) throw new Error(prepared.errors[0]?.message);
      if (prepared.kind !== 'subscription') throw new Error('This is no subscription.');
      return subscribeOperation(prepared, variables, () => ({}));
    },
    stop: async (service) => {
      await running.get(service)?.close();
      running.delete(service);
    },
    close: async () => {
      await Promise.all([...upstreams.values()].map((upstream) => upstream.close()));
      await Promise.all([...running.values()].map((subgraph) => subgraph.close()));
    },
  };
}

/** Notes what is asked before it passes it on. */
export function recordingUpstream(
  service: string,
  upstream: Upstream,
  requests: SubgraphRequest[],
): Upstream {
  return {
    request: (body, context, kind) => {
      const { query, variables } = JSON.parse(body) as Partial<SubgraphRequest>;
      requests.push({ service, query: query ?? '', variables: variables ?? {} });
      return upstream.request(body, context, kind);
    },
    subscribe: (request, context) => upstream.subscribe(request, context),
    close: () => upstream.close(),
  };
}
