/** The gateway's port: GraphQL at `/graphql`, a page at `/`, and what probes ask for. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { ANONYMOUS, type Caller } from './admission/caller.js';
import {
  AutomaticPersistedOperations,
  type PersistedOperations,
} from './admission/persisted/persistedOperations.js';
import type { DevelopmentKeys } from './admission/authentication/developmentKeys.js';
import type { Engine } from './engine.js';
import { DEVELOPMENT_TOKEN_PATH, developmentToken } from './http/developmentToken.js';
import { httpFront } from './http/httpFront.js';
import { Drain } from './telemetry/drain.js';
import { healthEndpoints, type NotReadyReason } from './telemetry/healthEndpoints.js';
import { Telemetry } from './telemetry/telemetry.js';
import { webSocketFront } from './webSocketFront.js';

export interface ServerOptions {
  readonly engine: Engine;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** Folder of the built page that is served at `/`; null for none. */
  readonly page: string | null;
  /** Who has this `authorization` header; by default nobody is anybody. */
  readonly authenticate?: (authorization: string | undefined) => Promise<Caller>;
  /** By default whatever clients register themselves. */
  readonly persisted?: PersistedOperations;
  readonly bodyBytesMax?: number;
  /** How long an operation may take as a whole. */
  readonly operationMs?: number;
  /** By default one of its own, that ends with the server. */
  readonly telemetry?: Telemetry;
  /** Whether `/metrics` is on this port, where clients come; by default it is not. */
  readonly servesMetrics?: boolean;
  /** Why no requests should be sent here now, beside what the server knows itself. */
  readonly notReady?: () => readonly NotReadyReason[];
  /** Signs the tokens of the page in development; absent in production. */
  readonly developmentKeys?: Pick<DevelopmentKeys, 'sign'> | undefined;
  /** Fields of subscriptions of which every event is the whole state; see WebSocketFrontOptions. */
  readonly latestValues?: ReadonlySet<string>;
  /**
   * Over how many ms clients are sent away when the server ends: requests are still taken, each the
   * last of its connection, and WebSockets are closed one after the other, so that not all come back
   * at once. 0 fails requests that are on their way.
   */
  readonly drainMs?: number;
  /** Told of every failure that clients see as INTERNAL_SERVER_ERROR; default: the error stream. */
  readonly onInternalError?: (error: unknown) => void;
}

export interface RunningServer {
  /** Where `/graphql` answers, over HTTP. */
  readonly url: string;
  /** Why no requests should be sent here now; empty when they are welcome. */
  readonly notReady: () => readonly NotReadyReason[];
  /** Takes no more requests, and resolves when those under way have their answers. */
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 100_000;
const OPERATION_MS = 10_000;
/** How long requests under way may take when the server ends. */
const GRACE_MS = 4_000;

/** Rejects when the port is taken. The engine must have a supergraph in service. */
export async function startServer({
  engine,
  port,
  host,
  page,
  authenticate = () => Promise.resolve(ANONYMOUS),
  persisted = new AutomaticPersistedOperations(),
  bodyBytesMax = BODY_BYTES_MAX,
  operationMs = OPERATION_MS,
  telemetry: given,
  servesMetrics = false,
  notReady = () => [],
  developmentKeys,
  latestValues,
  drainMs = 0,
  onInternalError = console.error,
}: ServerOptions): Promise<RunningServer> {
  const telemetry = given ?? new Telemetry();
  const { metrics, overload } = telemetry;
  const graphql = httpFront({
    engine,
    authenticate,
    persisted,
    bodyBytesMax,
    operationMs,
    telemetry,
    onInternalError,
  });
  const others = otherPaths(page, developmentKeys);
  const http = createServer((request, response) => {
    if (isGraphql(request.url)) void graphql(request, response);
    else if (!health(request, response)) others(request, response);
  });
  const drain = new Drain(http, { noticeMs: drainMs, graceMs: GRACE_MS });
  const reasonsNotReady = (): NotReadyReason[] => [
    ...notReady(),
    ...(overload.isOverloaded ? ['OVERLOADED' as const] : []),
    ...(drain.isDraining ? ['DRAINING' as const] : []),
  ];
  const health = healthEndpoints({
    notReady: reasonsNotReady,
    ...(servesMetrics && { metrics }),
  });
  const webSocket = webSocketFront(engine, http, {
    authenticate,
    persisted,
    operationMs,
    onInternalError,
    ...(latestValues && { latestValues }),
  });
  metrics.readAtScrape({
    requestsInFlight: () => overload.requestsInFlight,
    connections: () => webSocket.connections,
    upstreamSubscriptions: () => engine.upstreamSubscriptions,
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  const { port: actualPort } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}/graphql`,
    notReady: reasonsNotReady,
    close: async () => {
      const drained = drain.begin();
      await webSocket.drain(drainMs);
      await drained;
      if (!given) telemetry.close();
    },
  };
}

const isGraphql = (url = '') => url === '/graphql' || url.startsWith('/graphql?');

/** What is asked so seldom that it may be served in comfort. */
function otherPaths(
  page: string | null,
  developmentKeys: ServerOptions['developmentKeys'],
): (request: IncomingMessage, response: ServerResponse) => void {
  const app = express().disable('x-powered-by');
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  if (developmentKeys) {
    app.get(DEVELOPMENT_TOKEN_PATH, (request, response) =>
      developmentToken(developmentKeys, request, response),
    );
  }
  if (page !== null) app.use(express.static(page));
  return app;
}
