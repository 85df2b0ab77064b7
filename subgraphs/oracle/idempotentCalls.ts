/** Runs each call once, however often its client sends it. */

import { conflict } from '../shared/errors.js';

interface Call<Result> {
  readonly content: string;
  readonly result: Promise<Result>;
}

/**
 * Remembers the last `capacity` calls of this process by their keys. A call that failed is forgotten,
 * so that it can be tried again.
 */
export class IdempotentCalls<Result> {
  readonly #calls = new Map<string, Call<Result>>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * The result of the first call with this key. Throws CONFLICT when that had other content.
   */
  async run(key: string, content: string, call: () => Promise<Result>): Promise<Result> {
    const known = this.#calls.get(key);
    if (known) {
      if (known.content === content) return known.result;
      throw conflict('This idempotencyKey came with another input before: use a new one.');
    }
    const result = call();
    this.#calls.set(key, { content, result });
    this.#forgetOldest();
    try {
      return await result;
    } catch (error) {
      this.#calls.delete(key);
      throw error;
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > this.#capacity && oldest !== undefined) this.#calls.delete(oldest);
  }
}
