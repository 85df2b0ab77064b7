/** A plain client of the graph: HTTP for queries and mutations, graphql-ws for subscriptions. */

import { createClient, type Client } from 'graphql-ws';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import WebSocket from 'ws';

export type Data = Record<string, unknown>;

/** One operation over HTTP. */
export async function post(
  url: string,
  query: string,
  variables: Data = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<ExecutionResult<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as ExecutionResult<Data>;
}

/** A graphql-ws client that does not reconnect by itself. */
export const webSocketClient = (url: string, connectionParams: Data = {}): Client =>
  createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });

/** Says who asks: as headers over HTTP, and as `connectionParams` over WebSocket. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export interface Watch {
  /** The data of every event so far; it grows. */
  readonly events: readonly Data[];
  /** The next event that has not been taken yet; rejects when the stream ends or holds an error. */
  next(): Promise<Data>;
  stop(): Promise<void>;
}

/** Follows one subscription. */
export function watch(client: Client, query: string, variables: Data = {}): Watch {
  const source = client.iterate<Data>({ query, variables });
  const events: Data[] = [];
  return {
    events,
    next: async () => {
      const step = (await source.next()) as IteratorResult<FormattedExecutionResult<Data>, unknown>;
      if (step.done) throw new Error('the stream has ended');
      const { errors, data = {} } = step.value;
      if (errors) throw new Error(JSON.stringify(errors));
      events.push(data ?? {});
      return data ?? {};
    },
    stop: async () => {
      await source.return?.();
    },
  };
}
