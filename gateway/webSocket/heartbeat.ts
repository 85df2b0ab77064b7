/** Pings all connections, and ends those that do not answer. */

import type { WebSocket } from 'ws';

/**
 * One timer for all. A connection that is gone without a word ends within two intervals; so does one
 * whose client has stopped reading, for it does not see the ping either.
 */
export class Heartbeat {
  readonly #unanswered = new WeakSet<WebSocket>();
  readonly #timer: NodeJS.Timeout;

  constructor(sockets: ReadonlySet<WebSocket>, intervalMs: number) {
    this.#timer = setInterval(() => {
      for (const socket of sockets) this.#beat(socket);
    }, intervalMs);
    this.#timer.unref();
  }

  watch(socket: WebSocket): void {
    socket.on('pong', () => this.#unanswered.delete(socket));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(socket: WebSocket): void {
    if (socket.readyState !== socket.OPEN) return;
    if (this.#unanswered.has(socket)) {
      socket.terminate();
      return;
    }
    this.#unanswered.add(socket);
    socket.ping();
  }
}
