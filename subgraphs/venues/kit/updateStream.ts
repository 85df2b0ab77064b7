/**
 * The updates of one subscriber, with a bounded queue.
 *
 * Written by hand: an async generator that waits for its next value cannot be ended from outside, so
 * each client that leaves would stay subscribed until the next update.
 */

import { slowConsumer } from '../../shared/errors.js';

interface Waiting<Item> {
  resolve(result: IteratorResult<Item, undefined>): void;
  reject(error: Error): void;
}

const DONE = { done: true, value: undefined } as const;

export class UpdateStream<Item> implements AsyncIterableIterator<Item, undefined> {
  private readonly queue: Item[];
  private readonly waiting: Waiting<Item>[] = [];
  private firstLeft: number;
  private error: Error | null = null;
  private isOpen = true;

  /** `first` is sent before anything pushed, and does not count as a backlog. */
  constructor(
    first: readonly Item[],
    private readonly backlogMax: number,
    private readonly onClose: () => void,
  ) {
    this.queue = [...first];
    this.firstLeft = first.length;
  }

  /** Sends an item; a reader too far behind loses its backlog and the stream ends in SLOW_CONSUMER. */
  push(item: Item): void {
    const reader = this.waiting.shift();
    if (reader) reader.resolve({ done: false, value: item });
    else if (this.queue.length - this.firstLeft < this.backlogMax) this.queue.push(item);
    else this.fail(slowConsumer());
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const item = this.queue.shift();
    this.firstLeft = Math.max(0, this.firstLeft - 1);
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    if (this.error) return this.rejectOnce(this.error);
    if (!this.isOpen) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.close();
    return Promise.resolve(DONE);
  }

  throw(error: Error): Promise<IteratorResult<Item, undefined>> {
    this.close();
    return Promise.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private fail(error: Error): void {
    this.error = error;
    this.close();
  }

  private rejectOnce(error: Error): Promise<never> {
    this.error = null;
    return Promise.reject(error);
  }

  private close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.queue.length = 0;
    for (const reader of this.waiting.splice(0)) reader.resolve(DONE);
    this.onClose();
  }
}
