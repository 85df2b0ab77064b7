/** GraphQL over WebSocket (graphql-ws), on the port of the HTTP server. */

import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { ExecutionArgs } from 'graphql';
import { handleProtocols, type Context, type Disposable } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Engine, Operation } from './engine.js';
import type { PreparedOperation } from './planning/preparedOperation.js';
import { upstreamHeaders } from './requestHeaders.js';

/** What graphql-ws carries from `onSubscribe` to `execute` and `subscribe`. */
interface Carried {
  readonly operation: Operation;
  readonly prepared: PreparedOperation;
  readonly headers: () => Record<string, string>;
}

const MESSAGE_BYTES_MAX = 65_536;
/** A half-open connection is noticed within two of these. */
const PING_MS = 5_000;

/** Its `dispose` ends all connections, with 1001 so that clients come back. */
export function webSocketFront(engine: Engine, http: Server): Disposable {
  const sockets = new WebSocketServer({
    server: http,
    path: '/graphql',
    maxPayload: MESSAGE_BYTES_MAX,
    handleProtocols,
  });
  return useServer(
    {
      onSubscribe: async (context, _id, { query, operationName, variables }) => {
        const operation = {
          query,
          operationName: operationName ?? null,
          variables: variables ?? {},
        };
        const prepared = await engine.prepare(operation);
        if ('errors' in prepared) return prepared.errors;
        const { schema, document } = prepared;
        const headers = () => upstreamHeaders(headersOf(context));
        const contextValue: Carried = { operation, prepared, headers };
        return { schema, document, operationName: operation.operationName, contextValue };
      },
      execute: ({ contextValue }: ExecutionArgs) => {
        const { operation, headers } = contextValue as Carried;
        return engine.execute(operation, { headers: headers() });
      },
      subscribe: ({ contextValue }: ExecutionArgs) => {
        const { operation, prepared, headers } = contextValue as Carried;
        assert(prepared.kind === 'subscription');
        return engine.subscribe(prepared, operation.variables, headers);
      },
    },
    sockets,
    PING_MS,
  );
}

/** Browsers cannot set headers on a WebSocket: `connectionParams` stand in for them. */
function headersOf({ connectionParams, extra }: Context<ConnectionParams, Extra>) {
  const params = Object.entries(connectionParams ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
  return { ...extra.request.headers, ...Object.fromEntries(params) };
}

type ConnectionParams = Record<string, unknown> | undefined;
