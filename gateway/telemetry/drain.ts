/** Ends an HTTP server without failing a request. */

import type { Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface DrainOptions {
  /** How long the server still takes requests after it has said that it is not ready: whoever sends
   * them needs to notice. 0 where nobody asks `/readyz`. */
  readonly noticeMs: number;
  /** How long requests in flight may take from then on; what is left is cut off. */
  readonly graceMs: number;
}

export class Drain {
  readonly #server: Server;
  readonly #options: DrainOptions;
  readonly #inFlight = new Set<ServerResponse>();
  #done: Promise<void> | undefined;
  /** After the notice: until then an idle connection may have a request on its way. */
  #isClosing = false;

  /** From now on it is the first to see each request of the server. */
  constructor(server: Server, options: DrainOptions) {
    this.#server = server;
    this.#options = options;
    server.prependListener('request', (_request, response) => {
      this.#inFlight.add(response);
      if (this.isDraining) sendElsewhere(response);
      response.once('close', () => this.#finished(response));
    });
  }

  /** For `/readyz`. */
  get isDraining(): boolean {
    return this.#done !== undefined;
  }

  /** Resolves when every connection is closed; further calls wait for the first. */
  begin(): Promise<void> {
    this.#done ??= this.#drain();
    return this.#done;
  }

  #finished(response: ServerResponse): void {
    this.#inFlight.delete(response);
    // An answer that had begun before the drain has promised to keep its connection.
    if (this.#isClosing) setImmediate(() => this.#server.closeIdleConnections());
  }

  async #drain(): Promise<void> {
    const { noticeMs, graceMs } = this.#options;
    for (const response of this.#inFlight) sendElsewhere(response);
    if (noticeMs > 0) await wait(noticeMs);
    this.#isClosing = true;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeIdleConnections();
    const cut = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(cut);
  }
}

/** The client opens its next connection anew, to another process. */
function sendElsewhere(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
