/** What the live engine needs of the durable log of margin calls. */

import type { CallHead, MarginCallTransition } from '../domain/calls/marginCall.js';

export interface MarginCallStore {
  /** Of each account that has a transition; the others are left out. */
  heads(accountIds: readonly string[]): Promise<ReadonlyMap<string, CallHead>>;

  /**
   * Stores all of them or none, and resolves when they are durable. A repeat of what is stored
   * already is a success, because the answer to the first attempt may have been lost.
   *
   * Rejects with CallLogConflict when another writer has used a sequence number, and with anything
   * else when the attempt may be repeated.
   */
  append(transitions: readonly MarginCallTransition[]): Promise<void>;

  /** Those of one account with a greater sequence than `after`, oldest first, at most `limit`. */
  read(accountId: string, after: bigint, limit: number): Promise<readonly MarginCallTransition[]>;
}

/** Another writer owns an account: going on would give clients two histories. */
export class CallLogConflict extends Error {
  constructor(accountId: string, sequence: bigint) {
    super(`Transition ${sequence} of account ${accountId} was stored by another writer.`);
    this.name = 'CallLogConflict';
  }
}
