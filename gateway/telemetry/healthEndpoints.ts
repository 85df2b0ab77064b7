/** `/livez`, `/readyz` and `/metrics`, for whoever runs the process. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Why no requests should be sent here now. */
export type NotReadyReason =
  'SUPERGRAPH_NOT_LOADED' | 'KEYS_NOT_LOADED' | 'OVERLOADED' | 'DRAINING';

export interface HealthOptions {
  /** Empty when requests are welcome. It must be quick and must not throw. */
  readonly notReady: () => readonly NotReadyReason[];
  /** Absent: `/metrics` is not found. */
  readonly metrics?: { readonly contentType: string; exposition(): Promise<string> };
}

/** Returns false, and has done nothing, when the request is not for one of its three paths. */
export type HealthHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * `/livez` answers 200 whenever the event loop turns: anything more would have the process restarted
 * for the faults of others. `/readyz` answers 200 or 503 with the reasons.
 */
export function healthEndpoints({ notReady, metrics }: HealthOptions): HealthHandler {
  const endpoints = new Map<string, (response: ServerResponse) => void>([
    ['/livez', (response) => answer(response, 200, JSON_TYPE, '{"status":"live"}')],
    ['/readyz', (response) => answerReadiness(response, notReady())],
  ]);
  if (metrics) {
    endpoints.set('/metrics', (response) => {
      metrics.exposition().then(
        (text) => answer(response, 200, metrics.contentType, text),
        () => answer(response, 500, 'text/plain', 'The metrics could not be gathered.\n'),
      );
    });
  }

  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const endpoint = endpoints.get(path);
    if (!endpoint) return false;
    if (request.method === 'GET' || request.method === 'HEAD') {
      endpoint(response);
    } else {
      response.setHeader('allow', 'GET, HEAD');
      answer(response, 405, 'text/plain', 'Ask with GET.\n');
    }
    return true;
  };
}

/** The endpoints on a port of their own; 0 picks a free one. Rejects when the port is taken. */
export async function startHealthServer(
  handler: HealthHandler,
  port: number,
  host: string,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (!handler(request, response)) answer(response, 404, 'text/plain', 'Not found.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const JSON_TYPE = 'application/json';

function answerReadiness(response: ServerResponse, reasons: readonly NotReadyReason[]): void {
  const isReady = reasons.length === 0;
  const body = isReady ? { status: 'ready' } : { status: 'not ready', reasons };
  answer(response, isReady ? 200 : 503, JSON_TYPE, JSON.stringify(body));
}

function answer(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
