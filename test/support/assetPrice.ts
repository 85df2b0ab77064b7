/** Prices for tests, with only what matters in them spelled out. */

import type { AssetPrice, InstrumentPrice } from '../../subgraphs/oracle/domain/publishedPrice.js';
import { price } from '../../subgraphs/shared/units.js';

const published = {
  confidence: price('0.1'),
  source: 'test',
  publishedAt: new Date('2026-11-22T12:00:00.000Z'),
  heartbeatMs: 5_000,
};

export const assetPrice = (
  assetId: string,
  text: string,
  more: Partial<AssetPrice> = {},
): AssetPrice => ({ ...published, assetId, price: price(text), ...more });

export const instrumentPrice = (
  instrumentId: string,
  text: string,
  more: Partial<InstrumentPrice> = {},
): InstrumentPrice => ({
  ...published,
  instrumentId,
  price: price(text),
  currency: 'USD',
  ...more,
});
