/** Where prices come from: the demo's walk, or any feed that can say what it has as it changes. */

import type { PriceBatch } from './domain/publishedPrice.js';

export interface PriceSource {
  /**
   * Begins to publish: every price in the first batch, those that changed after that, and each again
   * before its heartbeat runs out. Batches are of one instant and come in the order of time.
   */
  start(publish: (batch: PriceBatch) => void): void;
  /** Stops publishing, and resolves when nothing is under way. */
  close(): Promise<void>;
}
