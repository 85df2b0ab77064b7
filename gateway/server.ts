/** The gateway's one port: GraphQL at `/graphql`, GraphiQL at `/`, a probe at `/health`. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Response } from 'express';
import { apolloFront } from './apolloFront.js';
import type { Engine } from './engine.js';
import { upstreamHeaders } from './requestHeaders.js';
import { webSocketFront } from './webSocketFront.js';

export interface ServerOptions {
  readonly engine: Engine;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** Folder of the built page that is served at `/`; null for none. */
  readonly page: string | null;
}

export interface RunningServer {
  /** Where `/graphql` answers, over HTTP. */
  readonly url: string;
  close(): Promise<void>;
}

const BODY_BYTES_MAX = '100kb';

/** Rejects when the port is taken. The engine must have a supergraph in service. */
export async function startServer({
  engine,
  port,
  host,
  page,
}: ServerOptions): Promise<RunningServer> {
  const app = express().disable('x-powered-by');
  const http = createServer(app);
  const apollo = apolloFront(engine, http);
  await apollo.start();
  const webSocket = webSocketFront(engine, http);

  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.use(
    '/graphql',
    express.json({ limit: BODY_BYTES_MAX }),
    expressMiddleware(apollo, {
      context: ({ req, res }) =>
        Promise.resolve({ headers: upstreamHeaders(req.headers), signal: goneSignal(res) }),
    }),
  );
  if (page !== null) app.use(express.static(page));

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  const { port: actualPort } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}/graphql`,
    close: async () => {
      await webSocket.dispose();
      await apollo.stop();
    },
  };
}

/** Aborted when the client goes away before it has its answer. */
function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
