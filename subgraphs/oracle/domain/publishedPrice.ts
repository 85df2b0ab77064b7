/** What the oracle says of a price: how much, how sure, by whom, when. */

import { priceCeil, ratio, type Price } from '../../shared/units.js';

/** As in schema.graphql. */
export type PriceStatus = 'OK' | 'DEGRADED' | 'STALE' | 'HALTED';

interface PublishedPrice {
  readonly price: Price;
  /** Half the width of the band that holds the price, in its currency. */
  readonly confidence: Price;
  readonly source: string;
  readonly publishedAt: Date;
  /** The longest time that the source lets pass before it publishes this price again. */
  readonly heartbeatMs: number;
}

/** Index price of an asset in USD. */
export interface AssetPrice extends PublishedPrice {
  readonly assetId: string;
}

/** Mark price of an instrument in `currency`, per unit of its underlying. */
export interface InstrumentPrice extends PublishedPrice {
  readonly instrumentId: string;
  readonly currency: string;
}

/** Prices that were published together, of one instant. */
export interface PriceBatch {
  readonly assets: readonly AssetPrice[];
  readonly instruments: readonly InstrumentPrice[];
}

/** A source that has missed this many heartbeats has stopped, not stumbled. */
const HALTED_HEARTBEATS = 10;

/** How far the price can be used at `now`, by its age. */
export function priceStatus({ publishedAt, heartbeatMs }: PublishedPrice, now: Date): PriceStatus {
  const ageMs = now.getTime() - publishedAt.getTime();
  if (ageMs <= heartbeatMs) return 'OK';
  return ageMs <= HALTED_HEARTBEATS * heartbeatMs ? 'STALE' : 'HALTED';
}

/** The part of a price that lies on either side of it, rounded up: never narrower than it is. */
export const confidenceBand = (price: Price, share = ratio('0.0001')): Price =>
  priceCeil([price, share]);
