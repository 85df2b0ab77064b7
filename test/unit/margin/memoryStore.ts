/** The log of margin calls in memory, which fails on demand as a database does. */

import type {
  CallHead,
  MarginCallTransition,
} from '../../../subgraphs/margin/domain/calls/marginCall.js';
import { headAfter } from '../../../subgraphs/margin/domain/calls/marginCall.js';
import {
  CallLogConflict,
  type MarginCallStore,
} from '../../../subgraphs/margin/live/marginCallStore.js';

export class MemoryStore implements MarginCallStore {
  readonly stored: MarginCallTransition[] = [];
  /** How many transitions each successful append held. */
  readonly batches: number[] = [];
  /** While set, nothing answers. */
  failure: Error | null = null;
  /** Makes the next append succeed without our hearing of it. */
  losesAnswer = false;
  attempts = 0;

  heads(accountIds: readonly string[]) {
    if (this.failure) return Promise.reject(this.failure);
    const heads = new Map<string, CallHead>();
    for (const transition of this.stored) {
      if (accountIds.includes(transition.accountId)) {
        heads.set(transition.accountId, headAfter(transition));
      }
    }
    return Promise.resolve(heads);
  }

  append(transitions: readonly MarginCallTransition[]) {
    this.attempts += 1;
    if (this.failure) return Promise.reject(this.failure);
    const isStored = (of: MarginCallTransition) => this.stored.includes(of);
    if (transitions.every(isStored)) return Promise.resolve();
    for (const { accountId, sequence } of transitions) {
      const isTaken = this.stored.some((t) => t.accountId === accountId && t.sequence === sequence);
      if (isTaken) return Promise.reject(new CallLogConflict(accountId, sequence));
    }
    this.stored.push(...transitions);
    this.batches.push(transitions.length);
    if (!this.losesAnswer) return Promise.resolve();
    this.losesAnswer = false;
    return Promise.reject(new Error('connection reset'));
  }

  read(accountId: string, after: bigint, limit: number) {
    if (this.failure) return Promise.reject(this.failure);
    const rest = this.stored.filter((t) => t.accountId === accountId && t.sequence > after);
    return Promise.resolve(rest.slice(0, limit));
  }
}
