/** One client's WebSocket, as graphql-ws writes to it and as we do. */

import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { SharedResult } from '../subscriptions/sharedResult.js';
import { INTERNAL_ERROR, SLOW_CONSUMER, type Closing } from './closing.js';

/** Above this, who writes waits until it has left the process. */
const BUFFERED_BYTES_MAX = 65_536;

/** What stands for a shared result in a message while graphql-ws writes the message. */
const PLACE = 'null}';

/**
 * graphql-ws keeps the protocol: it makes a message of each result, with a stand-in for the result's
 * own JSON, which is put in here and has been written once for all subscribers.
 */
export class ClientConnection implements ProtocolSocket {
  readonly #socket: WebSocket;
  readonly #onInternalError: (error: unknown) => void;
  #spliced: SharedResult | undefined;

  constructor(socket: WebSocket, onInternalError: (error: unknown) => void) {
    this.#socket = socket;
    this.#onInternalError = onInternalError;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Bytes that have been written and have not left the process. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** For the payload of a message: graphql-ws asks for its JSON right before it sends the message. */
  standIn(result: SharedResult): Record<string, unknown> {
    const toJSON = () => {
      this.#spliced = result;
      return null;
    };
    return { toJSON };
  }

  send(message: string): void | Promise<void> {
    const spliced = this.#spliced;
    this.#spliced = undefined;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!spliced) return this.#write(message);
    const written = this.#write(`${message.slice(0, -PLACE.length)}${spliced.json}}`);
    if (spliced.isSlowConsumer) this.end(SLOW_CONSUMER);
    return written;
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  end({ code, reason }: Closing): void {
    this.#socket.close(code, reason);
  }

  onMessage(receive: (message: string) => Promise<void>): void {
    this.#socket.on('message', (message: Buffer) => {
      receive(message.toString()).catch((error: unknown) => {
        this.#onInternalError(error);
        this.end(INTERNAL_ERROR);
      });
    });
  }

  #write(message: string): void | Promise<void> {
    if (this.#socket.bufferedAmount < BUFFERED_BYTES_MAX) {
      this.#socket.send(message);
      return;
    }
    // A socket that fails closes as well, and then nobody waits for more.
    return new Promise((resolve) => this.#socket.send(message, () => resolve()));
  }
}
