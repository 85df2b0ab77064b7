/** What waits for one subscriber: never more than so many results, and so many bytes. */

import { SharedResult } from './sharedResult.js';
import { slowConsumer } from './subscriptionEnding.js';

export interface ResultQueueOptions {
  readonly resultsMax: number;
  /** Of results as JSON, and of what `bufferedBytes` says; one result may always wait. */
  readonly bytesMax: number;
  /** Bytes that have left the queue and not yet the process. */
  readonly bufferedBytes: () => number;
  /** Every result is the whole state, so overflow forgets the older ones and nobody is too slow. */
  readonly keepsNewest: boolean;
  /** Called once: when the reader returns, or is too slow. */
  readonly release: () => void;
}

type Step = IteratorResult<SharedResult, undefined>;

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * Read by one reader, in order. Overflow drops what waits; the one result that is still read then is
 * SLOW_CONSUMER, and the reader can resume where it stopped reading.
 */
export class ResultQueue implements AsyncIterableIterator<SharedResult, undefined> {
  readonly #options: ResultQueueOptions;
  readonly #readers: ((step: Step) => void)[] = [];
  #waiting: SharedResult[] = [];
  #bytes = 0;
  #hasEnded = false;

  constructor(options: ResultQueueOptions) {
    this.#options = options;
  }

  push(result: SharedResult): void {
    if (this.#hasEnded) return;
    const reader = this.#readers.shift();
    if (reader) {
      reader({ value: result, done: false });
    } else if (this.#hasRoom(result)) {
      this.#waiting.push(result);
      this.#bytes += result.bytes;
    } else {
      this.#overflow(result);
    }
  }

  /** What was pushed before is still read, and then `last`. */
  end(last?: SharedResult): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const readers = this.#readers.splice(0);
    if (last) {
      const reader = readers.shift();
      if (reader) reader({ value: last, done: false });
      else this.#waiting.push(last);
    }
    for (const reader of readers) reader(DONE);
  }

  next(): Promise<Step> {
    const result = this.#waiting.shift();
    if (result) {
      this.#bytes -= result.bytes;
      return Promise.resolve({ value: result, done: false });
    }
    if (this.#hasEnded) return Promise.resolve(DONE);
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /** At once, whatever is being waited for. */
  return(): Promise<Step> {
    const wasOpen = !this.#hasEnded;
    this.#waiting = [];
    this.end();
    if (wasOpen) this.#options.release();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #hasRoom({ bytes }: SharedResult): boolean {
    if (this.#waiting.length === 0) return true;
    const { resultsMax, bytesMax, bufferedBytes } = this.#options;
    return this.#waiting.length < resultsMax && this.#bytes + bytes + bufferedBytes() <= bytesMax;
  }

  #overflow(result: SharedResult): void {
    const { resultsMax, bytesMax, keepsNewest, release } = this.#options;
    if (keepsNewest) {
      this.#waiting = [result];
      this.#bytes = result.bytes;
      return;
    }
    const waiting =
      this.#waiting.length < resultsMax ? `${bytesMax} bytes` : `${resultsMax} results`;
    this.#waiting = [];
    this.#bytes = 0;
    this.end(slowConsumer(waiting));
    release();
  }
}
