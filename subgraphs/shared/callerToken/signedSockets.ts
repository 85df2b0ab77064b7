/**
 * Takes WebSockets that were signed for this subgraph.
 *
 * The token comes in `connection_init`, as `authorization`. It opens subscriptions until it expires,
 * so a connection takes no new ones after half a minute; those that are open go on, for as long as
 * the signer keeps them. Nothing signs what is asked over the connection, so it takes subscriptions
 * only.
 */

import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Context } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import { UNSIGNED_CALL, type Call } from './call.js';
import { unauthenticated } from './callErrors.js';
import type { TokenVerifier, VerifiedToken } from './tokenVerifier.js';

type Params = Record<string, unknown> | undefined;
type Connection = Context<Params, Extra>;
type Socket = Extra['socket'];

export interface SignedSockets {
  /** For graphql-ws's server. */
  readonly hooks: {
    /** False closes with 4403. */
    readonly onConnect?: (connection: Connection) => Promise<boolean>;
    readonly onSubscribe?: (connection: Connection) => readonly GraphQLError[] | undefined;
    readonly execute?: (args: ExecutionArgs) => Promise<ExecutionResult> | ExecutionResult;
  };
  callOf(socket: Socket): Call;
}

/** Without a verifier, everything is taken. */
export function signedSockets(verifier: TokenVerifier | undefined): SignedSockets {
  if (!verifier) return { hooks: { execute }, callOf: () => UNSIGNED_CALL };
  const tokens = new WeakMap<Socket, VerifiedToken>();
  return {
    hooks: {
      onConnect: async ({ connectionParams, extra }) => {
        const authorization = connectionParams?.['authorization'];
        const values = typeof authorization === 'string' ? [authorization] : [];
        try {
          tokens.set(extra.socket, await verifier.verify('connect', values));
          return true;
        } catch (error) {
          if (error instanceof GraphQLError) return false;
          throw error;
        }
      },
      onSubscribe: ({ extra }) => {
        const token = tokens.get(extra.socket);
        return token && !verifier.hasExpired(token)
          ? undefined
          : [unauthenticated('the token of its connection has expired')];
      },
      execute: () => ({ errors: [unauthenticated('send queries and mutations over HTTP')] }),
    },
    callOf: (socket) => {
      const token = tokens.get(socket);
      // graphql-ws asks for a context only after `onConnect`.
      if (!token) throw new Error('a subscription on a connection that was not verified');
      return token.call;
    },
  };
}
