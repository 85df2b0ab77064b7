/**
 * One subgraph on one port: GraphQL over HTTP (Apollo Server) and over WebSocket (graphql-ws) at
 * `/graphql`, and `/health` for probes.
 */

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { GraphQLError, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { callerError, isInternal } from './callerErrors.js';

export interface Subgraph<Context extends object> {
  /** Federation SDL, as text: the contract of this subgraph. */
  readonly typeDefs: string;
  readonly resolvers: GraphQLResolverMap<Context>;
  /** 0 picks a free port. */
  readonly port: number;
  /** Address to listen on; a container listens on all of them. */
  readonly host?: string;
  /** Made once per operation, so that its DataLoaders cache for that operation only. */
  readonly context: (headers: IncomingHttpHeaders) => Context;
  /** Told of each error that callers see as INTERNAL_SERVER_ERROR; default: the error stream. */
  readonly onInternalError?: (error: unknown) => void;
}

export interface RunningSubgraph {
  /** Where `/graphql` answers, over HTTP. */
  readonly url: string;
  /** Stops taking requests, ends open subscriptions, and resolves when the port is free. */
  close(): Promise<void>;
}

/** Rejects when the port is taken. */
export async function startSubgraph<Context extends object>(
  subgraph: Subgraph<Context>,
): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(subgraph.typeDefs),
      resolvers: subgraph.resolvers as GraphQLResolverMap<unknown>,
    },
  ]);
  const { onInternalError = console.error } = subgraph;
  const forCaller = (error: GraphQLError) => {
    if (isInternal(error)) onInternalError(error.originalError);
    return callerError(error);
  };
  const app = express();
  const http = createServer(app);
  const sockets = new WebSocketServer({ server: http, path: '/graphql', maxPayload: 65_536 });
  const overWebSocket = useServer(
    {
      schema,
      context: ({ extra }) => subgraph.context(extra.request.headers),
      onNext: (_context, _id, _payload, _args, { data = null, errors = [] }) => ({
        data,
        ...(errors.length > 0 && { errors: errors.map(forCaller) }),
      }),
      onError: (_context, _id, _payload, errors) => errors.map(forCaller),
    },
    sockets,
    5_000, // Ping often, so that a half-open connection is noticed within ten seconds.
  );
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) =>
      error instanceof GraphQLError && isInternal(error) ? forCaller(error) : formatted,
    csrfPrevention: true,
    // Signals belong to runService: Apollo's own handler would send a second one, which kills.
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        serverWillStart: () =>
          Promise.resolve({
            drainServer: async () => {
              await overWebSocket.dispose();
            },
          }),
      },
    ],
  });
  await apollo.start();
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.use(
    '/graphql',
    express.json({ limit: '1mb' }),
    expressMiddleware(apollo, {
      context: ({ req }) => Promise.resolve(subgraph.context(req.headers)),
    }),
  );
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(subgraph.port, subgraph.host ?? '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, close: () => apollo.stop() };
}
