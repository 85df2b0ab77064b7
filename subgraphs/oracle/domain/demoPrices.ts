/** Everything that the demo prices at one instant, from the index prices of its assets. */

import type { DemoMarket } from './demoMarket.js';
import { instrumentMark, type IndexPrices } from './instrumentMark.js';
import {
  confidenceBand,
  type AssetPrice,
  type InstrumentPrice,
  type PriceBatch,
} from './publishedPrice.js';

/** How long the demo may stay silent about a price. */
const HEARTBEAT_MS = 5_000;

/** Leaves out what has no price. */
export function demoPrices(market: DemoMarket, indexPrices: IndexPrices, now: Date): PriceBatch {
  const published = { source: 'demo', publishedAt: now, heartbeatMs: HEARTBEAT_MS };
  const assets = market.assets.flatMap(({ id }): AssetPrice[] => {
    const price = indexPrices(id);
    if (price === null) return [];
    return [{ ...published, assetId: id, price, confidence: confidenceBand(price) }];
  });
  const instruments = market.instruments.flatMap((instrument): InstrumentPrice[] => {
    const price = instrumentMark(instrument, indexPrices, now);
    if (price === null) return [];
    const { id: instrumentId, priceCurrency: currency } = instrument;
    const confidence = confidenceBand(price);
    return [{ ...published, instrumentId, price, currency, confidence }];
  });
  return { assets, instruments };
}
