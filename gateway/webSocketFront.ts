/** GraphQL over WebSocket (graphql-ws), on the port of the HTTP server. */

import { setMaxListeners } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { handleProtocols, makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { ANONYMOUS, type Caller } from './admission/caller.js';
import {
  AutomaticPersistedOperations,
  type PersistedOperations,
} from './admission/persisted/persistedOperations.js';
import type { Engine, Operation } from './engine.js';
import { upstreamHeaders } from './requestHeaders.js';
import type { ResultQueue } from './subscriptions/resultQueue.js';
import { SharedResult } from './subscriptions/sharedResult.js';
import { subscriptionField } from './subscriptions/subscriptionField.js';
import type { Client } from './webSocket/client.js';
import { ClientConnection } from './webSocket/clientConnection.js';
import { ConnectionAdmission } from './webSocket/connectionAdmission.js';
import { drainConnections } from './webSocket/drainConnections.js';
import { Heartbeat } from './webSocket/heartbeat.js';
import { viewKeyOf } from './webSocket/viewKey.js';

export interface WebSocketFrontOptions {
  /**
   * Says who a connection speaks for, once, when it begins; rejects with AuthenticationFailure. By
   * default everybody is nobody.
   */
  readonly authenticate?: (authorization: string | undefined) => Promise<Caller>;
  /** By default whatever clients register themselves. */
  readonly persisted?: PersistedOperations;
  /**
   * Names of subscription fields of which every event is the whole state. Who subscribes late shares
   * those as well, and who reads slowly gets the newest; none by default.
   */
  readonly latestValues?: ReadonlySet<string>;
  /** How long a query or a mutation may take as a whole. */
  readonly operationMs?: number;
  /** Where a client connects from; by default the other end of its socket. */
  readonly addressOf?: (request: IncomingMessage) => string;
  /** ms since 1970. */
  readonly now?: () => number;
  /** Told of what can only be a mistake of ours; default: the error stream. */
  readonly onInternalError?: (error: unknown) => void;
  readonly limits?: Partial<WebSocketLimits>;
}

export interface WebSocketLimits {
  /** In flight, queries included. */
  readonly operationsPerConnection: number;
  /** Of one subject, or from one address without a token. */
  readonly connectionsPerCaller: number;
  /** Of a message from a client. */
  readonly messageBytes: number;
  /** From the handshake to `connection_init`. */
  readonly initMs: number;
  /** Between pings; a half-open connection is noticed within two of these. */
  readonly pingMs: number;
}

const LIMITS: WebSocketLimits = {
  operationsPerConnection: 50,
  connectionsPerCaller: 20,
  messageBytes: 65_536,
  initMs: 3_000,
  pingMs: 5_000,
};
const OPERATION_MS = 10_000;

export interface WebSocketFront {
  /** That are open now. */
  readonly connections: number;
  /** Takes no further connections, and closes those there are (1012), spread over so many ms. */
  drain(windowMs: number): Promise<void>;
  /** Like `drain`, all at once. */
  dispose(): Promise<void>;
}

type Params = Record<string, unknown> | undefined;
type ClientContext = Context<Params, Client>;

/** What graphql-ws carries from `onSubscribe` to `execute` and `subscribe`. */
type Run = () => Promise<ExecutionResult> | ResultQueue;

/** The codes that it closes connections with are in webSocket/closing.ts. */
export function webSocketFront(
  engine: Engine,
  http: Server,
  options: WebSocketFrontOptions = {},
): WebSocketFront {
  const {
    authenticate = () => Promise.resolve(ANONYMOUS),
    persisted = new AutomaticPersistedOperations(),
    latestValues = new Set<string>(),
    operationMs = OPERATION_MS,
    addressOf = ({ socket }: IncomingMessage) => socket.remoteAddress ?? '',
    now = Date.now,
    onInternalError = console.error,
  } = options;
  const limits = { ...LIMITS, ...options.limits };
  const { connectionsPerCaller } = limits;
  const admission = new ConnectionAdmission({ authenticate, connectionsPerCaller, now });

  const begin = async (context: ClientContext, payload: SubscribePayload) => {
    if (Object.keys(context.subscriptions).length > limits.operationsPerConnection) {
      return [tooManyOperations(limits.operationsPerConnection)];
    }
    const query = persisted.textOf(payload);
    if (query instanceof GraphQLError) return [query];
    const { operationName = null, variables } = payload;
    const operation = { query, operationName, variables: variables ?? {} };
    const prepared = engine.prepare(operation);
    if ('errors' in prepared) return prepared.errors;
    const { schema, document } = prepared;
    if (prepared.kind !== 'subscription') {
      const contextValue: Run = () => answered(operation, context);
      return { schema, document, operationName, contextValue };
    }
    const { caller, connection } = context.extra;
    const results = await engine.subscribe(prepared, {
      variables: operation.variables,
      context: () => upstreamContext(context),
      viewKey: viewKeyOf(caller, headersOf(context).authorization),
      isLatestValue: latestValues.has(subscriptionField(prepared).name),
      prepareAgain: () => engine.prepare(operation),
      bufferedBytes: () => connection.bufferedBytes,
    });
    if ('errors' in results) return results.errors;
    const contextValue: Run = () => results;
    return { schema, document, operationName, contextValue };
  };

  const answered = async (
    operation: Operation,
    context: ClientContext,
  ): Promise<ExecutionResult> => {
    const { gone: signal } = context.extra;
    const deadline = performance.now() + operationMs;
    try {
      return await engine.execute(operation, { ...upstreamContext(context), signal, deadline });
    } catch (error) {
      if (signal.aborted) return { data: null };
      throw error;
    }
  };

  const run = ({ contextValue }: ExecutionArgs) => (contextValue as Run)() as ExecutionResult;
  const protocol = makeServer<Params, Client>({
    connectionInitWaitTimeout: limits.initMs,
    onConnect: (context) => admission.admit(context.extra, headersOf(context).authorization),
    onSubscribe: (context, _id, payload) => begin(context, payload),
    execute: run,
    subscribe: run,
    onNext: ({ extra }, _id, _payload, _args, result: unknown) =>
      result instanceof SharedResult ? extra.connection.standIn(result) : undefined,
  });

  const sockets = new WebSocketServer({
    server: http,
    path: '/graphql',
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  const heartbeat = new Heartbeat(sockets.clients, limits.pingMs);
  sockets.on('connection', (socket: WebSocket, request) => {
    const connection = new ClientConnection(socket, onInternalError);
    const left = new AbortController();
    // As many listen as calls to subgraphs are under way.
    setMaxListeners(0, left.signal);
    const address = addressOf(request);
    const client = { connection, request, address, gone: left.signal, caller: ANONYMOUS };
    const closed = protocol.opened(connection, client);
    heartbeat.watch(socket);
    // For a frame that is broken or too large ws closes the connection itself.
    socket.on('error', () => undefined);
    socket.once('close', (code, reason) => {
      left.abort();
      closed(code, reason.toString()).catch(onInternalError);
    });
  });

  const drain = async (windowMs: number) => {
    sockets.close();
    await drainConnections(sockets.clients, windowMs);
    heartbeat.stop();
  };
  return {
    get connections() {
      return sockets.clients.size;
    },
    drain,
    dispose: () => drain(0),
  };
}

/** Browsers cannot set headers on a WebSocket: `connectionParams` stand in for them. */
function headersOf({ connectionParams, extra }: ClientContext) {
  const params = Object.entries(connectionParams ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
  return { ...extra.request.headers, ...Object.fromEntries(params) };
}

const upstreamContext = (context: ClientContext) => ({
  headers: upstreamHeaders(headersOf(context)),
  caller: context.extra.caller,
  address: context.extra.address,
});

const tooManyOperations = (max: number) =>
  new GraphQLError(
    `At most ${max} operations run on one connection at a time: end one, or open another connection.`,
    { extensions: { code: 'TOO_MANY_OPERATIONS', max } },
  );
