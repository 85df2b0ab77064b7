/**
 * Keeps one graphql-ws subscription open, for as long as it takes.
 *
 * The library's own retry sends the variables of the first attempt again, which would replay old
 * updates; so each attempt here is a new connection with what `operation` asks for then.
 */

import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import { backoffMs, pause } from './backoff.js';

export interface SubscriptionLoop {
  /** Resolves when the connection is closed and no further call comes. */
  close(): Promise<void>;
}

export interface SubscriptionOptions {
  /** Where the subgraph answers over HTTP; WebSocket is at the same path. */
  readonly url: string;
  /** For each attempt anew. */
  readonly connectionParams: () => Record<string, string>;
  readonly operation: () => { query: string; variables?: Record<string, unknown> };
  readonly onResult: (result: FormattedExecutionResult<Record<string, unknown>, unknown>) => void;
  readonly onConnected: () => void;
  /** After each connection or attempt that we did not end; the next follows by itself. */
  readonly onEnd: (reason: string) => void;
  /** In [0, 1); spreads reconnections of many processes. */
  readonly random: () => number;
}

/** A connection that lasted so long starts the backoff anew. */
const STEADY_MS = 1_000;
const PING_MS = 5_000;

export function keepSubscribed(options: SubscriptionOptions): SubscriptionLoop {
  const stop = new AbortController();
  const finished = run();
  return {
    async close() {
      stop.abort();
      await finished;
    },
  };

  async function run() {
    let failures = 0;
    for (;;) {
      const startedMs = performance.now();
      const reason = await subscribeOnce(options, stop.signal);
      if (stop.signal.aborted) return;
      options.onEnd(reason);
      failures = performance.now() - startedMs > STEADY_MS ? 1 : failures + 1;
      await pause(backoffMs(failures, options.random()), stop.signal);
    }
  }
}

/** Gives up on a server that takes a connection and then says nothing. */
class ImpatientWebSocket extends WebSocket {
  constructor(url: string, protocols: string | string[]) {
    super(url, protocols, { handshakeTimeout: PING_MS });
  }
}

/** Resolves with why it ended. */
function subscribeOnce(options: SubscriptionOptions, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let pong: NodeJS.Timeout | undefined;
    const client = createClient({
      url: options.url.replace(/^http/, 'ws'),
      webSocketImpl: ImpatientWebSocket,
      connectionParams: options.connectionParams,
      retryAttempts: 0,
      connectionAckWaitTimeout: PING_MS,
      keepAlive: PING_MS,
      on: {
        connected: options.onConnected,
        // A half-open connection shows nothing but a ping without a pong.
        ping: (isReceived) => {
          if (!isReceived) pong = setTimeout(() => client.terminate(), PING_MS);
        },
        pong: () => clearTimeout(pong),
      },
    });
    const finish = (reason: string) => {
      clearTimeout(pong);
      signal.removeEventListener('abort', abort);
      // Rejects with the close event when the connection is gone already, which is what we want.
      Promise.resolve(client.dispose()).catch(() => undefined);
      resolve(reason);
    };
    const abort = () => finish('closed by us');
    signal.addEventListener('abort', abort, { once: true });
    client.subscribe(options.operation(), {
      next: (result) => {
        if (!signal.aborted) options.onResult(result);
      },
      error: (error) => finish(reasonOf(error)),
      complete: () => finish('the stream ended'),
    });
  });
}

/** Of an error, a close event, or the GraphQL errors that refused the subscription. */
function reasonOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(reasonOf).join('; ');
  if (error instanceof Error) return error.message || error.name;
  const { code, reason, message } = error as { code?: number; reason?: string; message?: string };
  return message ?? `closed with ${code ?? 'no code'}${reason ? `, ${reason}` : ''}`;
}
