/** The latest price of everything, and what of a batch is news beside it. */

import { isEqual } from '../../shared/units.js';
import type { AssetPrice, InstrumentPrice, PriceBatch } from './publishedPrice.js';

/** Grows by batches; of each price only the last one is kept. */
export class PriceTable {
  readonly #assets = new Map<string, AssetPrice>();
  readonly #instruments = new Map<string, InstrumentPrice>();

  apply({ assets, instruments }: PriceBatch): void {
    for (const price of assets) this.#assets.set(price.assetId, price);
    for (const price of instruments) this.#instruments.set(price.instrumentId, price);
  }

  asset(id: string): AssetPrice | null {
    return this.#assets.get(id) ?? null;
  }

  instrument(id: string): InstrumentPrice | null {
    return this.#instruments.get(id) ?? null;
  }

  all(): PriceBatch {
    return { assets: [...this.#assets.values()], instruments: [...this.#instruments.values()] };
  }

  clear(): void {
    this.#assets.clear();
    this.#instruments.clear();
  }
}

export const isEmpty = ({ assets, instruments }: PriceBatch) =>
  assets.length + instruments.length === 0;

/** The part of the batch that has moved, or whose last publication is half a heartbeat old. */
export function newsIn(batch: PriceBatch, known: PriceTable): PriceBatch {
  return {
    assets: batch.assets.filter((price) => isNews(price, known.asset(price.assetId))),
    instruments: batch.instruments.filter((price) =>
      isNews(price, known.instrument(price.instrumentId)),
    ),
  };
}

function isNews(price: AssetPrice | InstrumentPrice, last: AssetPrice | InstrumentPrice | null) {
  if (last === null || !isEqual(price.price, last.price)) return true;
  const ageMs = price.publishedAt.getTime() - last.publishedAt.getTime();
  return ageMs >= price.heartbeatMs / 2;
}
