/**
 * Many clients of the graphql-ws protocol in one process, which do as little as they can: what they
 * cost would be counted as delay. Arguments: address, how many, of which field, of how many accounts.
 * Says `ready` when all have their first state; then, for every message of the parent, waits for one
 * event each and tells the delays in microseconds.
 */

import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { query, type MarginField } from './marginSchema.js';

const [url = '', count = '', field = '', accounts = ''] = process.argv.slice(2);
const clients = Number(count);
const SENT_AT = '"sentAt":"';
let heard = 0;
let delays: number[] = [];

function onNext(message: string): void {
  const start = message.indexOf(SENT_AT) + SENT_AT.length;
  const sentAt = BigInt(message.slice(start, message.indexOf('"', start)));
  heard += 1;
  delays.push(Number(process.hrtime.bigint() - sentAt) / 1_000);
  if (heard < clients) return;
  process.send?.(sentAt === 0n ? 'ready' : delays);
  heard = 0;
  delays = [];
}

function connect(index: number): Promise<void> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  return new Promise((resolve) => {
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const message = data.toString('latin1');
      if (message.includes('"type":"next"')) {
        onNext(message);
        return;
      }
      if (!message.includes('connection_ack')) throw new Error(message);
      const payload = {
        query: query(field as MarginField),
        variables: { id: `a${index % Number(accounts)}` },
      };
      socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload }));
      resolve();
    });
  });
}

process.on('disconnect', () => process.exit());

/** At the same time, as after a deployment. */
const AT_ONCE = 100;
for (let first = 0; first < clients; first += AT_ONCE) {
  const batch = Math.min(AT_ONCE, clients - first);
  await Promise.all(Array.from({ length: batch }, (_, index) => connect(first + index)));
}
