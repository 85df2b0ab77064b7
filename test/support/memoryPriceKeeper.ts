/** Keeps prices in memory, as long as it is told to. */

import type { KeptPrice, PriceKeeper } from '../../subgraphs/oracle/priceKeeper.js';

export class MemoryPriceKeeper implements PriceKeeper {
  readonly kept = new Map<string, KeptPrice>();
  /** While set, every save fails with it. */
  failure: Error | null = null;
  saves = 0;

  load = (): Promise<KeptPrice[]> => Promise.resolve([...this.kept.values()]);

  save = async (prices: readonly KeptPrice[]): Promise<void> => {
    // Takes a turn, as a database does: what is handed in first must still win last.
    await Promise.resolve();
    if (this.failure) throw this.failure;
    this.saves += 1;
    for (const price of prices) this.kept.set(price.assetId, price);
  };
}
