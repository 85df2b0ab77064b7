/** Three subgraphs on real ports that can misbehave, and the gateway's execution in front of them. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type ExecutionResult } from 'graphql';
import { executeOperation } from '../../gateway/execution/executeOperation.js';
import { Generation } from '../../gateway/planning/generation.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import {
  subgraphUpstream,
  type SubgraphUpstreamOptions,
} from '../../gateway/upstream/subgraphUpstream.js';
import type { UpstreamContext } from '../../gateway/upstream/upstream.js';
import { serving, startFaultyServer, type FaultyServer } from './faultyServer.js';

export type Victim = 'people' | 'scores' | 'news';

export interface FaultyGraph {
  readonly servers: Readonly<Record<Victim, FaultyServer>>;
  /** Lets the subgraph answer as it should. */
  heal(victim: Victim): void;
  execute(context?: Partial<UpstreamContext>): Promise<ExecutionResult>;
  close(): Promise<void>;
}

export interface FaultyGraphOptions {
  readonly upstream: Pick<SubgraphUpstreamOptions, 'timeoutMs' | 'responseBytesMax' | 'signer'>;
  /** Servers in place of the plain ones. */
  readonly servers?: Partial<Record<Victim, FaultyServer>>;
  /** Addresses that are asked in place of the servers'. */
  readonly urls?: Partial<Record<Victim, string>>;
  readonly observer?: SubgraphUpstreamOptions['observer'];
}

/** Asks all three: `people` at the root, then `scores` for entities, and `news` beside them. */
export const QUERY = '{ users { name score } news }';

/** What it answers when all is well. */
export const WHOLE = {
  users: [
    { name: 'Ann', score: 7 },
    { name: 'Bob', score: 14 },
  ],
  news: 'None is good.',
};

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';

const SUBGRAPHS = {
  people: {
    typeDefs: `type Query { users: [User!] } type User @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Query: {
        users: () => [
          { id: '1', name: 'Ann' },
          { id: '2', name: 'Bob' },
        ],
      },
    },
  },
  scores: {
    typeDefs: `type User @key(fields: "id") { id: ID! score: Int }`,
    resolvers: { User: { score: ({ id }: { id: string }) => Number(id) * 7 } },
  },
  news: {
    typeDefs: `type Query { news: String }`,
    resolvers: { Query: { news: () => WHOLE.news } },
  },
};

const NAMES = Object.keys(SUBGRAPHS) as Victim[];

export async function startFaultyGraph(options: FaultyGraphOptions): Promise<FaultyGraph> {
  const started = await Promise.all(
    NAMES.map(async (name) => [name, options.servers?.[name] ?? (await startFaultyServer())]),
  );
  const servers = Object.fromEntries(started) as Record<Victim, FaultyServer>;
  const upstreams = new Map(
    NAMES.map((name) => {
      const { upstream, urls, observer } = options;
      const url = urls?.[name] ?? servers[name].url;
      return [name, subgraphUpstream({ ...upstream, name, url, observer })];
    }),
  );
  const definitions = NAMES.map((name) => ({
    name,
    url: servers[name].url,
    typeDefs: FEDERATION + SUBGRAPHS[name].typeDefs,
  }));
  const supergraphSdl = composeSupergraph(definitions);
  const generation = new Generation({ supergraphSdl, upstreams });
  const heal = (name: Victim) => {
    const typeDefs = parse(FEDERATION + SUBGRAPHS[name].typeDefs);
    const { resolvers } = SUBGRAPHS[name];
    servers[name].behave(serving(buildSubgraphSchema([{ typeDefs, resolvers }])));
  };
  NAMES.forEach(heal);
  return {
    servers,
    heal,
    execute: async (context) => {
      const prepared = generation.prepare(QUERY);
      if (!('kind' in prepared) || prepared.kind === 'subscription') throw new Error(QUERY);
      const result = await executeOperation(prepared, {}, { headers: {}, ...context });
      return JSON.parse(JSON.stringify(result)) as ExecutionResult;
    },
    close: async () => {
      await Promise.all([...upstreams.values()].map((upstream) => upstream.close()));
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}
