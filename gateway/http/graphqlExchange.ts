/** One request of a client, with what has been found out about it so far. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Request, Response } from 'graphql-http';
import { NO_OPERATION } from '../telemetry/operationId.js';
import { CallerGone } from './callerGone.js';
import { graphqlResponse, type GraphQLResult } from './graphqlResponse.js';

/** As the library that reads it sees it. */
export type GraphQLRequest = Request<IncomingMessage, GraphQLExchange>;

const OK = 'OK';

export class GraphQLExchange {
  /** What metrics and traces call the operation. */
  operationId = NO_OPERATION;
  /** Of the first error in the answer, or `OK`; what the library refuses itself is no request. */
  code = 'BAD_REQUEST';
  /** Aborts when the client goes away before it has its answer. */
  readonly gone = new CallerGone();

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    response.once('close', () => {
      if (!response.writableFinished) this.gone.abort();
    });
  }

  answer(result: GraphQLResult): Response {
    const first = result.errors?.[0];
    this.code = first ? String(first.extensions['code']) : OK;
    return graphqlResponse(result, this.request.headers.accept);
  }

  /** `extensions` beside the code. */
  refuse(code: string, message: string, extensions: Record<string, unknown> = {}): Response {
    return this.answer({
      errors: [new GraphQLError(message, { extensions: { code, ...extensions } })],
    });
  }

  /** Unless the client has gone. */
  send([body, { status, headers }]: Response): void {
    if (this.response.destroyed) return;
    // A body of unknown length goes out in chunks, which costs more than to measure it.
    const length = { 'content-length': Buffer.byteLength(body ?? '') };
    this.response.writeHead(status, { ...headers, ...length }).end(body);
  }
}
