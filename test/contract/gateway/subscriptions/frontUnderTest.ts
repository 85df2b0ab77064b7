/** The gateway's WebSocket front on a port of its own, over a subgraph whose events a test pushes. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import WebSocket from 'ws';
import { Engine } from '../../../../gateway/engine.js';
import { composeSupergraph } from '../../../../gateway/registry/composeSupergraph.js';
import { EventQueue } from '../../../../gateway/upstream/eventQueue.js';
import {
  webSocketFront,
  type WebSocketFront,
  type WebSocketFrontOptions,
} from '../../../../gateway/webSocketFront.js';

const typeDefs = `
  type Query { hello: String }
  type Subscription { ticks(of: ID): Tick }
  type Tick { value: Int text: String }
`;

export interface Tick {
  readonly value: number;
  readonly text?: string;
}

export interface FrontUnderTest {
  readonly url: string;
  readonly front: WebSocketFront;
  /** Streams that are open at the subgraph. */
  readonly streams: ReadonlySet<EventQueue<{ ticks: Tick }>>;
  emit(tick: Tick): void;
  /** Puts another graph into service, with one more query field. */
  swap(field: string): Promise<void>;
  close(): Promise<void>;
}

export async function startFront(options: WebSocketFrontOptions = {}): Promise<FrontUnderTest> {
  const streams = new Set<EventQueue<{ ticks: Tick }>>();
  const schema = buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: {
      Query: { hello: () => 'world' },
      Subscription: {
        ticks: {
          subscribe: () => {
            const stream: EventQueue<{ ticks: Tick }> = new EventQueue(10_000, () =>
              streams.delete(stream),
            );
            streams.add(stream);
            return stream;
          },
        },
      },
    },
  });
  const url = 'local:ticks';
  const engine = new Engine({ timeoutMs: 2_000, local: new Map([[url, () => schema]]) });
  const swap = (field: string) => {
    const widened = `${typeDefs} extend type Query { ${field}: Int }`;
    return engine.swap(composeSupergraph([{ name: 'ticks', url, typeDefs: widened }]));
  };
  await swap('first');
  const http = createServer();
  const front = webSocketFront(engine, http, options);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
    front,
    streams,
    swap,
    emit: (tick) => {
      for (const stream of streams) stream.push({ ticks: tick });
    },
    close: async () => {
      await front.dispose();
      await engine.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A client that says what it is told to, and keeps what it hears. */
export class RawClient {
  readonly socket: WebSocket;
  readonly #heard: EventQueue<Record<string, unknown>>;
  /** How the connection ended. */
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(
    url: string,
    protocol = 'graphql-transport-ws',
    options: WebSocket.ClientOptions = {},
  ) {
    this.socket = new WebSocket(url, protocol, options);
    this.#heard = new EventQueue(1_000_000, () => undefined);
    this.socket.on('message', (message: Buffer) =>
      this.#heard.push(JSON.parse(message.toString()) as Record<string, unknown>),
    );
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => {
        this.#heard.complete();
        resolve({ code, reason: reason.toString() });
      }),
    );
  }

  async opened(): Promise<this> {
    if (this.socket.readyState !== this.socket.OPEN) await once(this.socket, 'open');
    return this;
  }

  /** Opens the connection and the protocol. */
  async begin(payload: Record<string, unknown> = {}): Promise<this> {
    await this.opened();
    this.say({ type: 'connection_init', payload });
    await this.hear();
    return this;
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, more: Record<string, unknown> = {}): void {
    this.say({ id, type: 'subscribe', payload: { query, ...more } });
  }

  /** The next message; undefined when the connection has ended. */
  async hear(): Promise<Record<string, unknown> | undefined> {
    return (await this.#heard.next()).value;
  }
}
