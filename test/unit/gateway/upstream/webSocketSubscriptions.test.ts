import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { ANONYMOUS } from '../../../../gateway/admission/caller.js';
import { EventQueue } from '../../../../gateway/upstream/eventQueue.js';
import { OutgoingHeaders } from '../../../../gateway/upstream/outgoingHeaders.js';
import type { CallSigner } from '../../../../gateway/upstream/signing/callSigner.js';
import {
  webSocketSubscriptions,
  type WebSocketSubscriptions,
} from '../../../../gateway/upstream/webSocketSubscriptions.js';

const schema = buildSchema('type Query { a: Int } type Subscription { count: Int }');
const TIMEOUT_MS = 200;
const outgoing = new OutgoingHeaders('counter', undefined);
const request = { query: 'subscription { count }', variables: {} };

let http: Server;
let sockets: WebSocketServer;
/** Of the server's resolver: one per subscription that it serves. */
let sources: EventQueue<{ count: number }>[];
let connections: IncomingMessage[];
let initial: unknown[];
let upstream: WebSocketSubscriptions;

async function listen(port: number): Promise<number> {
  http = createServer();
  sockets = new WebSocketServer({ server: http, path: '/graphql' });
  sockets.on('connection', (_socket, incoming: IncomingMessage) => connections.push(incoming));
  useServer(
    {
      schema,
      onConnect: ({ connectionParams }) => {
        initial.push(connectionParams);
        return true;
      },
      roots: {
        subscription: {
          count: () => {
            const source = new EventQueue<{ count: number }>(10, () => undefined);
            sources.push(source);
            return source;
          },
        },
      },
    },
    sockets,
  );
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  return (http.address() as AddressInfo).port;
}

async function unlisten(code: number): Promise<void> {
  for (const socket of sockets.clients) socket.close(code);
  sockets.close();
  http.close();
  await once(http, 'close');
}

const subscribe = (headers: Record<string, string> = {}) =>
  upstream.subscribe(request, { headers });

async function open(headers: Record<string, string> = {}) {
  const count = sources.length;
  const events = subscribe(headers);
  await vi.waitFor(() => expect(sources).toHaveLength(count + 1));
  return events;
}

describe('webSocketSubscriptions', () => {
  let port: number;
  beforeEach(async () => {
    [sources, connections, initial] = [[], [], []];
    port = await listen(0);
    upstream = webSocketSubscriptions({
      url: `ws://127.0.0.1:${port}/graphql`,
      timeoutMs: TIMEOUT_MS,
      messageBytesMax: 1_000,
      outgoing,
    });
  });
  afterEach(async () => {
    upstream.close();
    await unlisten(1001);
  });

  it('share one connection when they come with the same headers, request ids aside', async () => {
    await open({ authorization: 'a', 'x-request-id': '1' });
    await open({ 'X-Request-Id': '2', authorization: 'a' });
    await open({ authorization: 'b' });

    expect(connections.map(({ headers }) => headers.authorization)).toEqual(['a', 'b']);
    expect(connections.map(({ headers }) => headers['x-request-id'])).toEqual([
      undefined,
      undefined,
    ]);
    expect(initial).toEqual([{ authorization: 'a' }, { authorization: 'b' }]);
  });

  it('are signed when the connection begins, one for each caller, whose token does not go on', async () => {
    const signer: CallSigner = {
      headers: (name, body, { caller }) =>
        Promise.resolve({ authorization: `${name} for ${caller?.subject}: "${body}"` }),
    };
    upstream = webSocketSubscriptions({
      url: `ws://127.0.0.1:${port}/graphql`,
      timeoutMs: TIMEOUT_MS,
      messageBytesMax: 1_000,
      outgoing: new OutgoingHeaders('counter', signer),
    });
    const headers = { authorization: 'same' };
    for (const subject of ['ann', 'bob']) {
      upstream.subscribe(request, { headers, caller: { ...ANONYMOUS, subject } });
    }
    await vi.waitFor(() => expect(sources).toHaveLength(2));

    expect(connections.map(({ headers: { authorization } }) => authorization)).toEqual([
      undefined,
      undefined,
    ]);
    expect(new Set(initial)).toEqual(
      new Set([{ authorization: 'counter for ann: ""' }, { authorization: 'counter for bob: ""' }]),
    );
  });

  it('close the connection with the last of them, and open a new one for the next', async () => {
    const [first, second] = [await open(), await open()];
    await first.return?.();
    sources[1]?.push({ count: 2 });
    expect(await second.next()).toEqual({ value: { data: { count: 2 } }, done: false });

    await second.return?.();
    await vi.waitFor(() => expect(sockets.clients.size).toBe(0));
    await open();

    expect(connections).toHaveLength(2);
  });

  it('share the new connection also after the old one has closed', async () => {
    const last = await open();
    const [old] = sockets.clients;
    await last.return?.();
    await open();
    await vi.waitFor(() => expect(old?.readyState).toBe(WebSocket.CLOSED));
    await open();

    expect(connections).toHaveLength(2);
  });

  it.each([1000, 1001, 1006, 1011, 1012, 4400])(
    'fail when the server closes with %i, and never resume by themselves',
    async (code) => {
      const events = await open();
      sources[0]?.push({ count: 1 });
      expect(await events.next()).toEqual({ value: { data: { count: 1 } }, done: false });

      for (const socket of sockets.clients) {
        if (code === 1006) socket.terminate();
        else socket.close(code);
      }

      await expect(events.next()).rejects.toMatchObject({
        code: 'SUBGRAPH_UNAVAILABLE',
        problem: 'closed the connection',
      });
      expect(await events.next()).toEqual({ value: undefined, done: true });
      await open();
      // One before and the one just asked for: the lost one was not asked for again.
      expect(sources).toHaveLength(2);
    },
  );

  it('work again when the server is back', async () => {
    const lost = await open();
    await unlisten(1001);
    await expect(lost.next()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    await expect(subscribe().next()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });

    await listen(port);
    const events = await open();
    sources.at(-1)?.push({ count: 7 });

    expect(await events.next()).toEqual({ value: { data: { count: 7 } }, done: false });
  });

  it('fail when the server takes the connection and says nothing', async () => {
    const silent = createServer();
    silent.on('upgrade', () => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: silentPort } = silent.address() as AddressInfo;
    const url = `ws://127.0.0.1:${silentPort}/graphql`;
    const other = webSocketSubscriptions({
      url,
      timeoutMs: TIMEOUT_MS,
      messageBytesMax: 1_000,
      outgoing,
    });

    await expect(other.subscribe(request, { headers: {} }).next()).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    silent.closeAllConnections();
    silent.close();
  });

  it('fail on an event that is none, and are then ended at the server too', async () => {
    const raw = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    const types: string[] = [];
    raw.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        const { type, id } = JSON.parse(data.toString()) as { type: string; id?: string };
        types.push(type);
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type === 'subscribe') socket.send(JSON.stringify({ id, type: 'next', payload: {} }));
      });
    });
    await once(raw, 'listening');
    const { port: rawPort } = raw.address() as AddressInfo;
    const url = `ws://127.0.0.1:${rawPort}/graphql`;
    const other = webSocketSubscriptions({
      url,
      timeoutMs: TIMEOUT_MS,
      messageBytesMax: 1_000,
      outgoing,
    });

    await expect(other.subscribe(request, { headers: {} }).next()).rejects.toMatchObject({
      problem: 'sent an event that is not a GraphQL response',
    });
    await vi.waitFor(() => expect(raw.clients.size).toBe(0));
    expect(types).toEqual(['connection_init', 'subscribe', 'complete']);
    raw.close();
  });

  it('end at once for a reader that returns while it still connects', async () => {
    const events = subscribe();
    const waiting = events.next();

    expect(await Promise.all([events.return?.(), waiting])).toEqual([
      { value: undefined, done: true },
      { value: undefined, done: true },
    ]);
    await vi.waitFor(() => expect(sockets.clients.size).toBe(0));
  });

  it('fail when the gateway closes them', async () => {
    const events = await open();
    upstream.close();

    await expect(events.next()).rejects.toMatchObject({ problem: 'is being closed' });
    await vi.waitFor(() => expect(sockets.clients.size).toBe(0));
  });
});
