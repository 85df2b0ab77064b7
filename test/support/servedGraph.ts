/** Subgraphs on real ports behind the whole gateway, asked over HTTP and WebSocket as clients do. */

import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { UNMETERED } from '../../gateway/admission/operationPolicy.js';
import { Engine } from '../../gateway/engine.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { startServer, type RunningServer } from '../../gateway/server.js';
import type { RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';
import { post, watch, webSocketClient, type Data } from './graphqlClient.js';
import { startPlainSubgraph, type AskedOperation } from './plainSubgraph.js';

export interface ServedSubgraph {
  readonly name: string;
  /** Without the `@link` of federation, which is added. */
  readonly typeDefs: string;
  readonly resolvers: GraphQLResolverMap<unknown>;
}

export interface SubgraphRequest extends AskedOperation {
  readonly service: string;
}

export interface ServedGraph {
  /** Puts a query or a mutation, over HTTP; the answer as the client reads it. */
  ask(query: string, variables?: Data): Promise<ExecutionResult<Data>>;
  /** Follows a subscription to its end, over WebSocket; the data of all events. */
  eventsOf(query: string, variables?: Data): Promise<Data[]>;
  /** What subgraphs have been asked over HTTP since the test began, in order. */
  readonly requests: readonly SubgraphRequest[];
  /** Their names, in the order in which they were asked. */
  readonly asked: readonly string[];
  /** The representations of all those requests. */
  readonly representations: readonly unknown[];
}

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible",
  "@interfaceObject", "@extends", "@tag"
])\n`;

const TIMEOUT_MS = 5_000;

/** The supergraph of subgraphs that are at no address; throws CompositionError. */
export const composed = (
  ...subgraphs: readonly Pick<ServedSubgraph, 'name' | 'typeDefs'>[]
): string =>
  composeSupergraph(
    subgraphs.map(({ name, typeDefs }) => ({
      name,
      url: `http://127.0.0.1:1/${name}`,
      typeDefs: FEDERATION + typeDefs,
    })),
  );

/** Runs while the tests of the block that calls it do. */
export function servedGraph(...subgraphs: readonly ServedSubgraph[]): ServedGraph {
  const requests: SubgraphRequest[] = [];
  let gateway: RunningServer;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ gateway, stop } = await startServedGraph(subgraphs, (one) => requests.push(one)));
  });
  beforeEach(() => void requests.splice(0));
  afterAll(() => stop());
  return {
    ask: (query, variables) => post(gateway.url, query, variables),
    eventsOf: (query, variables) => eventsOf(gateway.url, query, variables),
    requests,
    get asked() {
      return requests.map(({ service }) => service);
    },
    get representations() {
      return requests.flatMap(({ variables }) => (variables['representations'] ?? []) as unknown[]);
    },
  };
}

export async function startServedGraph(
  subgraphs: readonly ServedSubgraph[],
  onRequest: (request: SubgraphRequest) => void = () => undefined,
): Promise<{ gateway: RunningServer; engine: Engine; stop: () => Promise<void> }> {
  const running: RunningSubgraph[] = [];
  const definitions = [];
  for (const { name, typeDefs, resolvers } of subgraphs) {
    const sdl = FEDERATION + typeDefs;
    const one = await startPlainSubgraph(sdl, resolvers, (asked) =>
      onRequest({ service: name, ...asked }),
    );
    running.push(one);
    definitions.push({ name, url: one.url, typeDefs: sdl });
  }
  // What is asked here is hardly ever as small as what a gateway takes by default.
  const limits = {
    tokens: 100_000,
    depth: 50,
    aliases: 1e4,
    rootFields: 1e4,
    directives: 1e4,
    cost: 1e9,
  };
  const engine = new Engine({ timeoutMs: TIMEOUT_MS, policy: { ...UNMETERED, limits } });
  await engine.swap(composeSupergraph(definitions));
  const options = { engine, port: 0, host: '127.0.0.1', page: null, bodyBytesMax: 1e7 };
  const gateway = await startServer(options);
  return {
    gateway,
    engine,
    stop: async () => {
      await gateway.close();
      await engine.close();
      await Promise.all(running.map((one) => one.close()));
    },
  };
}

async function eventsOf(url: string, query: string, variables?: Data): Promise<Data[]> {
  const client = webSocketClient(url);
  const following = watch(client, query, variables);
  try {
    for (;;) await following.next();
  } catch (error) {
    if ((error as Error).message !== 'the stream has ended') throw error;
    return [...following.events];
  } finally {
    await client.dispose();
  }
}
