/** Closes all connections, a few at a time, so that their clients do not come back at once. */

import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { RESTARTING } from './closing.js';

/** Between two batches. */
const BATCH_MS = 100;
/** For the closing handshake of the last. */
const HANDSHAKE_MS = 1_000;

/** Spread evenly over `windowMs`; 0 closes all at once. Resolves when the last is gone. */
export async function drainConnections(
  sockets: ReadonlySet<WebSocket>,
  windowMs: number,
): Promise<void> {
  const open = [...sockets];
  const closed = open.map((socket) => closing(socket));
  const batches = Math.max(1, Math.floor(windowMs / BATCH_MS));
  const perBatch = Math.max(1, Math.ceil(open.length / batches));
  for (let first = 0; first < open.length; first += perBatch) {
    if (first > 0) await pause(BATCH_MS);
    for (const socket of open.slice(first, first + perBatch)) {
      socket.close(RESTARTING.code, RESTARTING.reason);
    }
  }
  const impatience = setTimeout(() => open.forEach((socket) => socket.terminate()), HANDSHAKE_MS);
  await Promise.all(closed);
  clearTimeout(impatience);
}

const closing = (socket: WebSocket) =>
  socket.readyState === socket.CLOSED
    ? Promise.resolve()
    : new Promise<void>((resolve) => socket.once('close', () => resolve()));
