/**
 * One subscriber's margin calls: the current state or the log after a cursor, then what happens,
 * without a gap and without a double.
 *
 * The live buffer is attached first and the log is read up to where it stood then, so the two meet.
 * Written by hand because an `async function*` that waits cannot be ended from outside.
 */

import assert from 'node:assert/strict';
import { slowConsumer } from '../../shared/errors.js';
import type { CallHead, MarginCallTransition } from '../domain/calls/marginCall.js';
import type { CallLog } from './callLog.js';
import type { MarginCallStore } from './marginCallStore.js';

/** Where an account stands when a stream without a cursor begins. */
export interface MarginCallState extends CallHead {
  readonly accountId: string;
}

export type MarginCallUpdate = MarginCallState | MarginCallTransition;

/** A subscriber that is behind by more live transitions than this is sent away. */
const BUFFER_MAX = 1_000;
const PAGE_SIZE = 200;

export class CallStream implements AsyncIterableIterator<MarginCallUpdate> {
  private readonly buffer: MarginCallTransition[] = [];
  private readonly detach: () => void;
  private readonly upTo: bigint;
  private page: MarginCallTransition[] = [];
  private state: MarginCallState | null;
  private last: bigint;
  private isEnded = false;
  private hasOverflowed = false;
  private wake: () => void = () => undefined;

  /**
   * @param after Sequence of the last transition that the subscriber has, at most the stored head's;
   * null to begin with the current state.
   */
  constructor(
    calls: CallLog,
    private readonly store: Pick<MarginCallStore, 'read'>,
    private readonly accountId: string,
    after: bigint | null,
  ) {
    this.detach = calls.listen(accountId, (transition) => this.buffered(transition));
    const head = calls.storedHead(accountId);
    this.upTo = head.sequence;
    this.state = after === null ? { accountId, ...head } : null;
    this.last = after ?? head.sequence;
  }

  async next(): Promise<IteratorResult<MarginCallUpdate, undefined>> {
    try {
      const value = await this.following();
      return value === null ? { done: true, value: undefined } : { done: false, value };
    } catch (error) {
      this.end();
      throw error;
    }
  }

  return(): Promise<IteratorResult<MarginCallUpdate, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Null at the end. */
  private async following(): Promise<MarginCallUpdate | null> {
    if (this.isEnded) return null;
    if (this.state !== null) {
      const { state } = this;
      this.state = null;
      return state;
    }
    for (;;) {
      const next = await this.taken();
      if (next === null) return null;
      // What was stored while the log was read comes twice: with the page and from the buffer.
      if (next.sequence <= this.last) continue;
      assert.equal(next.sequence, this.last + 1n, 'the log of margin calls has a gap');
      this.last = next.sequence;
      return next;
    }
  }

  private async taken(): Promise<MarginCallTransition | null> {
    if (this.isOpen() && this.page.length === 0 && this.last < this.upTo) {
      this.page = [...(await this.store.read(this.accountId, this.last, PAGE_SIZE))];
      assert(this.page.length > 0, 'the log of margin calls ends before its head');
    }
    while (this.page.length === 0 && this.buffer.length === 0 && this.isOpen()) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.isEnded) return null;
    if (this.hasOverflowed) throw slowConsumer();
    return this.page.shift() ?? this.buffer.shift() ?? null;
  }

  private isOpen(): boolean {
    return !this.isEnded && !this.hasOverflowed;
  }

  private buffered(transition: MarginCallTransition): void {
    if (this.buffer.length < BUFFER_MAX) this.buffer.push(transition);
    else this.hasOverflowed = true;
    this.wake();
  }

  private end(): void {
    this.isEnded = true;
    this.detach();
    this.wake();
  }
}
