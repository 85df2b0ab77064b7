/**
 * The one writer of margin-call transitions: they are numbered in memory, stored in order, and only
 * then shown to anybody.
 */

import type { Logger } from 'pino';
import {
  headAfter,
  NO_TRANSITION_YET,
  type CallHead,
  type MarginCallTransition,
} from '../domain/calls/marginCall.js';
import { backoffMs, pause } from './backoff.js';
import { CallLogConflict, type MarginCallStore } from './marginCallStore.js';

type Listener = (transition: MarginCallTransition) => void;

export interface CallLogOptions {
  readonly store: MarginCallStore;
  readonly log: Logger;
  /** In [0, 1); spreads attempts. */
  readonly random: () => number;
  /** Called when another writer owns an account; nothing is stored after it. */
  readonly onConflict: (conflict: CallLogConflict) => void;
}

/** So many transitions at most go into one statement. */
const BATCH_MAX = 500;

export class CallLog {
  private readonly heads = new Map<string, CallHead>();
  private readonly storedHeads = new Map<string, CallHead>();
  private readonly pending: MarginCallTransition[] = [];
  private readonly observers: Listener[] = [];
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly stop = new AbortController();
  private writing: Promise<void> | null = null;
  private hasConflict = false;

  constructor(private readonly options: CallLogOptions) {}

  /** Reads where these accounts stand, unless it is known. Rejects when the store does. */
  async load(accountIds: readonly string[]): Promise<void> {
    const unknown = accountIds.filter((id) => !this.heads.has(id));
    if (unknown.length === 0) return;
    const stored = await this.options.store.heads(unknown);
    for (const id of unknown) {
      const head = stored.get(id) ?? NO_TRANSITION_YET;
      this.heads.set(id, head);
      this.storedHeads.set(id, head);
    }
  }

  /** Where an account stands with all its transitions, stored or not. It must be loaded. */
  head(accountId: string): CallHead {
    return this.heads.get(accountId) ?? NO_TRANSITION_YET;
  }

  /** Where an account stands with its stored transitions: what clients may see. */
  storedHead(accountId: string): CallHead {
    return this.storedHeads.get(accountId) ?? NO_TRANSITION_YET;
  }

  /** Takes transitions over, which follow the account's head; they are stored soon. */
  append(transitions: readonly MarginCallTransition[]): void {
    for (const transition of transitions) {
      this.pending.push(transition);
      this.heads.set(transition.accountId, headAfter(transition));
    }
    this.writing ??= this.write().finally(() => (this.writing = null));
  }

  /** Calls `observer` with every transition as it is stored, before any listener of its account. */
  observe(observer: Listener): void {
    this.observers.push(observer);
  }

  /** Calls `listener` with each transition of one account as it is stored; returns the way out. */
  listen(accountId: string, listener: Listener): () => void {
    const listeners = this.listeners.get(accountId) ?? new Set();
    this.listeners.set(accountId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(accountId);
    };
  }

  /** Stores what is pending if the store answers; what it refuses is found again after a restart. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.pending.length > 0 && !this.hasConflict) {
      const batch = this.pending.slice(0, BATCH_MAX);
      if (!(await this.isStored(batch))) return;
      this.pending.splice(0, batch.length);
      for (const transition of batch) this.publish(transition);
    }
  }

  /**
   * Tries until the store has taken the batch; false when it never will, or we are closing. It is
   * the same batch each time, because an attempt may have succeeded with its answer lost.
   */
  private async isStored(batch: readonly MarginCallTransition[]): Promise<boolean> {
    const { store, log, random, onConflict } = this.options;
    for (let failures = 1; ; failures++) {
      try {
        await store.append(batch);
        return true;
      } catch (error) {
        if (error instanceof CallLogConflict) {
          this.hasConflict = true;
          onConflict(error);
          return false;
        }
        if (this.stop.signal.aborted) return false;
        log.warn(
          { error: (error as Error).message, failures, pending: this.pending.length },
          'margin calls could not be stored and wait',
        );
      }
      await pause(backoffMs(failures, random()), this.stop.signal);
    }
  }

  private publish(transition: MarginCallTransition): void {
    this.storedHeads.set(transition.accountId, headAfter(transition));
    for (const observer of this.observers) observer(transition);
    for (const listener of this.listeners.get(transition.accountId) ?? []) listener(transition);
  }
}
