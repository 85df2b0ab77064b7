/**
 * One subscriber's view of changing prices. A reader that is slower than the prices gets the latest of
 * each, so that it is never behind and what waits for it never outgrows the number of symbols.
 *
 * Written by hand, because an async generator that waits inside cannot be ended from outside.
 */

import { isEmpty, PriceTable } from './domain/priceTable.js';
import type { PriceBatch } from './domain/publishedPrice.js';

const ENDED = { done: true, value: undefined } as const;

export class PriceStream implements AsyncIterableIterator<PriceBatch> {
  readonly #waiting = new PriceTable();
  readonly #onReturn: () => void;
  #readers: ((result: IteratorResult<PriceBatch, undefined>) => void)[] = [];
  #isEnded = false;

  /** `onReturn` is called once, when the subscriber leaves. */
  constructor(first: PriceBatch, onReturn: () => void) {
    this.#waiting.apply(first);
    this.#onReturn = onReturn;
  }

  /** Adds prices to what is read next. */
  push(batch: PriceBatch): void {
    if (this.#isEnded || isEmpty(batch)) return;
    const reader = this.#readers.shift();
    if (reader) reader({ done: false, value: batch });
    else this.#waiting.apply(batch);
  }

  next(): Promise<IteratorResult<PriceBatch, undefined>> {
    if (this.#isEnded) return Promise.resolve(ENDED);
    const value = this.#waiting.all();
    if (!isEmpty(value)) {
      this.#waiting.clear();
      return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  return(): Promise<IteratorResult<PriceBatch, undefined>> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      for (const reader of this.#readers) reader(ENDED);
      this.#readers = [];
      this.#onReturn();
    }
    return Promise.resolve(ENDED);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
