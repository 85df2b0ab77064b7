/** The latest price of everything, and those who watch it. */

import { PriceTable } from './domain/priceTable.js';
import type { AssetPrice, InstrumentPrice, PriceBatch } from './domain/publishedPrice.js';
import { PriceStream } from './priceStream.js';

export class PriceBoard {
  readonly #latest = new PriceTable();
  readonly #streams = new Set<PriceStream>();

  publish(batch: PriceBatch): void {
    this.#latest.apply(batch);
    for (const stream of this.#streams) stream.push(batch);
  }

  /** Null when no source prices it. */
  asset(id: string): AssetPrice | null {
    return this.#latest.asset(id);
  }

  /** Null when no source prices it. */
  instrument(id: string): InstrumentPrice | null {
    return this.#latest.instrument(id);
  }

  /** Prices of these assets in this order, each once, without those that have none; null is all. */
  assets(ids: readonly string[] | null): AssetPrice[] {
    if (ids === null) return [...this.#latest.all().assets];
    return [...new Set(ids)].flatMap((id) => this.asset(id) ?? []);
  }

  /** All prices first, then those that change, until the reader returns. */
  updates(): PriceStream {
    const stream: PriceStream = new PriceStream(this.#latest.all(), () => {
      this.#streams.delete(stream);
    });
    this.#streams.add(stream);
    return stream;
  }

  /** How many watch. */
  get watchers(): number {
    return this.#streams.size;
  }
}
