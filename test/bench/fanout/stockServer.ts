/**
 * A process that serves subscriptions as graphql-ws and graphql-js do by themselves. It is what the
 * gateway is compared with, and its subgraph. Tells its parent the port; `emit` sends an event to
 * every stream, and `usage` asks for what it has used.
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { EventQueue } from '../../../gateway/upstream/eventQueue.js';
import { answerParent } from './childProcess.js';
import { marginAt, typeDefs, type MarginField } from './marginSchema.js';

type Streams = Map<EventQueue<unknown>, (sentAt: bigint) => unknown>;

const streams: Streams = new Map();

const subscribe =
  (field: MarginField) =>
  (_root: unknown, { accountId }: { accountId: string }) => {
    const eventAt = (sentAt: bigint) => ({ [field]: marginAt(accountId, sentAt) });
    const stream: EventQueue<unknown> = new EventQueue(100_000, () => streams.delete(stream));
    streams.set(stream, eventAt);
    stream.push(eventAt(0n));
    return stream;
  };

const schema = buildSubgraphSchema({
  typeDefs: parse(typeDefs),
  resolvers: {
    Query: { version: () => 1 },
    Subscription: {
      margin: { subscribe: subscribe('margin') },
      updates: { subscribe: subscribe('updates') },
    },
  },
});
const http = createServer();
const sockets = new WebSocketServer({ server: http, path: '/graphql', perMessageDeflate: false });
useServer({ schema }, sockets, 0);
http.listen(0, '127.0.0.1', () => {
  answerParent({
    emit: () => {
      const sentAt = process.hrtime.bigint();
      for (const [stream, eventAt] of streams) stream.push(eventAt(sentAt));
      return streams.size;
    },
    port: (http.address() as AddressInfo).port,
  });
});
