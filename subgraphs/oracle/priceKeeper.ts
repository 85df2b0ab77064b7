/** Keeps the demo's prices, so that a new process goes on from where the last one was. */

import type { Price } from '../shared/units.js';

export interface KeptPrice {
  readonly assetId: string;
  /** USD per unit. */
  readonly price: Price;
  /** The level that the walk returns to. */
  readonly anchor: Price;
  readonly publishedAt: Date;
}

export interface PriceKeeper {
  load(): Promise<KeptPrice[]>;
  /** Replaces what is kept of these assets, all or nothing; each asset at most once. */
  save(prices: readonly KeptPrice[]): Promise<void>;
}
