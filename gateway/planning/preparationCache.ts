/** Keeps what has been prepared. Those who ask at the same time share the work. */

import { LeastRecentlyUsed } from '../upstream/leastRecentlyUsed.js';
import type { PreparationFailure } from './preparedOperation.js';

/** Failures, rejections included, are told to all who wait for them, and not kept. */
export class PreparationCache<Prepared extends object> {
  readonly #known: LeastRecentlyUsed<Promise<Prepared | PreparationFailure>>;

  constructor(capacity: number) {
    this.#known = new LeastRecentlyUsed(capacity);
  }

  /** See LeastRecentlyUsed for `weight`. */
  get(
    key: string,
    weight: number,
    prepare: () => Promise<Prepared | PreparationFailure>,
  ): Promise<Prepared | PreparationFailure> {
    const known = this.#known.get(key);
    if (known) return known;
    const preparation = prepare();
    this.#known.set(key, preparation, weight);
    const forget = () => this.#known.delete(key);
    preparation.then((prepared) => {
      if ('errors' in prepared) forget();
    }, forget);
    return preparation;
  }
}
