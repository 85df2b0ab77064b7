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
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { GraphQLError, OperationTypeNode, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { callerError, isInternal } from './callerErrors.js';
import { UNSIGNED_CALL, type Call } from './callerToken/call.js';
import { tokenOf, verifiedBody, verifiedSender } from './callerToken/signedRequests.js';
import { signedSockets } from './callerToken/signedSockets.js';
import type { TokenVerifier, VerifiedToken } from './callerToken/tokenVerifier.js';

export interface Subgraph<Context extends object> {
  /** Federation SDL, as text: the contract of this subgraph. */
  readonly typeDefs: string;
  readonly resolvers: GraphQLResolverMap<Context>;
  /** 0 picks a free port. */
  readonly port: number;
  /** Address to listen on; a container listens on all of them. */
  readonly host?: string;
  /** Whose calls are taken; absent: anybody's, who may then see every account. */
  readonly verifier?: TokenVerifier | undefined;
  /**
   * A plain object, made once per operation, so that its DataLoaders cache for that operation only.
   * The call says which accounts the operation may see.
   */
  readonly context: (headers: IncomingHttpHeaders, call: Call) => Context;
  /** Told of each error that callers see as INTERNAL_SERVER_ERROR; default: the error stream. */
  readonly onInternalError?: (error: unknown) => void;
}

export interface RunningSubgraph {
  /** Where `/graphql` answers, over HTTP. */
  readonly url: string;
  /** Stops taking requests, ends open subscriptions, and resolves when the port is free. */
  close(): Promise<void>;
}

/** Where an operation keeps its own token. Apollo copies contexts, so it has to be inside. */
const TOKEN = Symbol('token');

interface Signed {
  readonly [TOKEN]: VerifiedToken | undefined;
}

/** Holds a token that names as many accounts as a token may, and more. */
const TOKEN_BYTES_MAX = 131_072;

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
  const { onInternalError = console.error, verifier } = subgraph;
  const forCaller = (error: GraphQLError) => {
    if (isInternal(error)) onInternalError(error.originalError);
    return callerError(error);
  };
  const app = express().disable('x-powered-by');
  const http = createServer({ maxHeaderSize: TOKEN_BYTES_MAX }, app);
  const sockets = new WebSocketServer({
    server: http,
    path: '/graphql',
    maxPayload: TOKEN_BYTES_MAX,
  });
  const signed = signedSockets(verifier);
  const overWebSocket = useServer(
    {
      schema,
      ...signed.hooks,
      context: ({ extra }) => subgraph.context(extra.request.headers, signed.callOf(extra.socket)),
      onNext: (_context, _id, _payload, _args, { data = null, errors = [] }) => ({
        data,
        ...(errors.length > 0 && { errors: errors.map(forCaller) }),
      }),
      onError: (_context, _id, _payload, errors) => errors.map(forCaller),
    },
    sockets,
    5_000, // Ping often, so that a half-open connection is noticed within ten seconds.
  );
  const apollo = new ApolloServer<Context & Signed>({
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
        requestDidStart: () =>
          Promise.resolve({
            didResolveOperation: ({ operation, contextValue }) => {
              const { [TOKEN]: token } = contextValue;
              if (token && operation?.operation === OperationTypeNode.MUTATION)
                verifier?.takeMutation(token);
              return Promise.resolve();
            },
          }),
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
    ...(verifier ? [verifiedSender(verifier)] : []),
    express.raw({ type: 'application/json', limit: '1mb' }),
    ...(verifier ? [verifiedBody] : []),
    jsonBody,
    expressMiddleware(apollo, {
      context: ({ req, res }) => {
        const token = tokenOf(res);
        const context = subgraph.context(req.headers, token?.call ?? UNSIGNED_CALL);
        return Promise.resolve({ ...context, [TOKEN]: token });
      },
    }),
    unreadable,
  );
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(subgraph.port, subgraph.host ?? '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, close: () => apollo.stop() };
}

/** What cannot be parsed is no GraphQL request, and Apollo says so of what is left out. */
const jsonBody: RequestHandler = (request, _response, next) => {
  const bytes: unknown = request.body;
  if (Buffer.isBuffer(bytes)) request.body = JSON.parse(bytes.toString()) as unknown;
  next();
};

/** A body that is no JSON, too long, or cut; what we have to do with it stays with us. */
const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { status = 500 } = error instanceof SyntaxError ? { status: 400 } : (error as HttpError);
  const [code, message] =
    status < 500
      ? ['BAD_REQUEST', 'The body is JSON of at most 1 MB, and arrives whole.']
      : ['INTERNAL_SERVER_ERROR', 'Internal server error'];
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
};

interface HttpError {
  readonly status?: number;
}
