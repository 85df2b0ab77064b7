/** One client's connection, and who is at the other end. */

import type { IncomingMessage } from 'node:http';
import type { Caller } from '../admission/caller.js';
import type { ClientConnection } from './clientConnection.js';

export interface Client {
  readonly connection: ClientConnection;
  /** The handshake. */
  readonly request: IncomingMessage;
  /** Where it connects from. */
  readonly address: string;
  /** Aborted when the connection is gone. */
  readonly gone: AbortSignal;
  /** Nobody, until `connection_init` says more. */
  caller: Caller;
}
