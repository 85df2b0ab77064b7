/** An HTTP server that misbehaves as told, in place of a subgraph. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { graphql, type GraphQLSchema } from 'graphql';

export interface FaultyServer {
  readonly url: string;
  /** Requests that have arrived. */
  readonly requests: { body: string; headers: Record<string, unknown> }[];
  /** What it does from now on. */
  behave(behaviour: Behaviour): void;
  /** Lets go of its port, so that connections are refused. */
  stopListening(): Promise<void>;
  /** Takes connections again, on the same port. */
  listenAgain(): Promise<void>;
  close(): Promise<void>;
}

/** `body` is that of the request, which has been read. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface FaultyServerOptions {
  /** PEM; absent means plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Until told otherwise it never answers. */
export async function startFaultyServer({ tls }: FaultyServerOptions = {}): Promise<FaultyServer> {
  let behaviour: Behaviour = () => undefined;
  const requests: FaultyServer['requests'] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      requests.push({ body, headers: request.headers });
      behaviour(request, response, body);
    });
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stopListening = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const port = await listen(0);
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/graphql?secret=path`,
    requests,
    behave: (next) => {
      behaviour = next;
    },
    stopListening,
    listenAgain: async () => {
      await listen(port);
    },
    close: stopListening,
  };
}

/** Answers as a subgraph with this schema does. */
export const serving =
  (schema: GraphQLSchema): Behaviour =>
  (_request, response, body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
    void graphql({ schema, source: query, variableValues: { ...variables } }).then((result) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result)),
    );
  };

/** Answers with this text. */
export const answering =
  (
    status: number,
    contentType: string,
    text: string,
    headers: Record<string, string> = {},
  ): Behaviour =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': contentType, ...headers }).end(text);

/** Promises more than it sends, and hangs up. */
export const breakingOff =
  (text: string): Behaviour =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write(text);
    setImmediate(() => response.destroy());
  };

/** Sends a part of its answer, and resets the connection. */
export const resetting =
  (text: string): Behaviour =>
  (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write(text);
    setImmediate(() => request.socket.resetAndDestroy());
  };

/** Sends one byte at a time, with this long in between. */
export const dripping =
  (text: string, everyMs: number): Behaviour =>
  (_request, response) => {
    const bytes = [...Buffer.from(text)];
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => {
      const byte = bytes.shift();
      if (byte === undefined) response.end();
      else response.write(Buffer.of(byte));
    }, everyMs);
    response.once('close', () => clearInterval(timer));
  };

/** Sends so many bytes, as fast as they are taken. */
export const flooding =
  (bytes: number): Behaviour =>
  (_request, response) => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let left = bytes;
    const pour = () => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', pour);
          return;
        }
      }
      response.end();
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"data":"');
    pour();
  };
