/** An HTTP server that misbehaves as told, in place of a subgraph. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FaultyServer {
  readonly url: string;
  /** Requests that have arrived. */
  readonly requests: { body: string; headers: Record<string, unknown> }[];
  /** What it does from now on. */
  behave(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Until told otherwise it never answers. */
export async function startFaultyServer(): Promise<FaultyServer> {
  let behaviour: RequestListener = () => undefined;
  const requests: FaultyServer['requests'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      requests.push({ body, headers: request.headers });
      behaviour(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql?secret=path`,
    requests,
    behave: (listener) => {
      behaviour = listener;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with this text. */
export const answering =
  (status: number, contentType: string, text: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': contentType }).end(text);

/** Promises more than it sends, and hangs up. */
export const breakingOff =
  (text: string): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write(text);
    setImmediate(() => response.destroy());
  };
