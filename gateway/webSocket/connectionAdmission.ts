/** Who may keep a connection, and for how long. */

import { AuthenticationFailure } from '../admission/authentication/authenticationFailure.js';
import type { Caller } from '../admission/caller.js';
import type { Client } from './client.js';
import {
  AUTHENTICATION_UNAVAILABLE,
  TOKEN_EXPIRED,
  TOO_MANY_CONNECTIONS,
  unauthenticated,
  type Closing,
} from './closing.js';
import { ConnectionCounts } from './connectionCounts.js';
import { whenExpired } from './expiry.js';

export interface ConnectionAdmissionOptions {
  /** Rejects with AuthenticationFailure. */
  readonly authenticate: (authorization: string | undefined) => Promise<Caller>;
  /** Of one subject, or from one address without a token. */
  readonly connectionsPerCaller: number;
  /** ms since 1970. */
  readonly now: () => number;
}

export class ConnectionAdmission {
  readonly #options: ConnectionAdmissionOptions;
  readonly #counts: ConnectionCounts;

  constructor(options: ConnectionAdmissionOptions) {
    this.#options = options;
    this.#counts = new ConnectionCounts(options.connectionsPerCaller);
  }

  /** Finds out who the client is; closes its connection, now or when its token expires. */
  async admit(client: Client, authorization: string | undefined): Promise<boolean> {
    const caller = await this.#callerOf(authorization);
    if ('code' in caller) return refused(client, caller);
    if (client.gone.aborted) return false;
    const { subject, expiresAt } = caller;
    const owner = JSON.stringify(subject === null ? { address: client.address } : { subject });
    const release = this.#counts.take(owner);
    if (!release) return refused(client, TOO_MANY_CONNECTIONS);
    client.caller = caller;
    client.gone.addEventListener('abort', release);
    if (expiresAt !== null) {
      const cancel = whenExpired(expiresAt, this.#options.now, () =>
        client.connection.end(TOKEN_EXPIRED),
      );
      client.gone.addEventListener('abort', cancel);
    }
    return true;
  }

  async #callerOf(authorization: string | undefined): Promise<Caller | Closing> {
    try {
      return await this.#options.authenticate(authorization);
    } catch (error) {
      if (!(error instanceof AuthenticationFailure)) throw error;
      return error.code === 'UNAUTHENTICATED'
        ? unauthenticated(error.message)
        : AUTHENTICATION_UNAVAILABLE;
    }
  }
}

function refused({ connection }: Client, closing: Closing): false {
  connection.end(closing);
  return false;
}
