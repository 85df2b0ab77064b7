/** A subgraph as anybody may write it: `graphql-http` and `graphql-ws` on one port, no more. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { createHandler } from 'graphql-http/lib/use/http';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';

export interface AskedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** `onRequest` is told of what comes over HTTP, before it is answered. */
export async function startPlainSubgraph(
  typeDefs: string,
  resolvers: GraphQLResolverMap<unknown>,
  onRequest: (asked: AskedOperation) => void,
): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
  const answer = createHandler({
    schema,
    onSubscribe: (_request, { query, variables }) => {
      onRequest({ query, variables: variables ?? {} });
    },
  });
  const http = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  const overWebSocket = useServer({ schema }, sockets);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: async () => {
      await overWebSocket.dispose();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
