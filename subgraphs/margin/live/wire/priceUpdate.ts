/** One update of the oracle's price stream: what to ask for, and how to read it. */

import { z } from 'zod';
import type {
  AssetQuote,
  InstrumentQuote,
  PriceStatus,
} from '../../domain/account/marketSnapshot.js';
import { wireDateTime, wirePrice } from './readers.js';

export const priceSubscription = `subscription MarginPrices {
  update: priceUpdates {
    assets { assetId price publishedAt status }
    instruments { instrumentId price currency publishedAt status }
  }
}`;

/** Prices of one instant: all of them hold, or none. */
export interface PriceUpdate {
  readonly assets: readonly (readonly [assetId: string, AssetQuote])[];
  readonly instruments: readonly (readonly [instrumentId: string, InstrumentQuote])[];
}

const quote = {
  price: wirePrice,
  publishedAt: wireDateTime,
  status: z.string().transform(readStatus),
};

const update = z.object({
  update: z.object({
    assets: z.array(
      z
        .object({ assetId: z.string(), ...quote })
        .transform(({ assetId, ...rest }) => [assetId, rest] as const),
    ),
    instruments: z.array(
      z
        .object({ instrumentId: z.string(), currency: z.string(), ...quote })
        .transform(({ instrumentId, ...rest }) => [instrumentId, rest] as const),
    ),
  }),
});

/** Throws ZodError, with the path of every mistake. */
export const readPriceUpdate = (data: unknown): PriceUpdate => update.parse(data).update;

/** The oracle's schema asks to treat a status that one does not know as HALTED. */
function readStatus(text: string): PriceStatus {
  return text === 'OK' || text === 'DEGRADED' || text === 'STALE' ? text : 'HALTED';
}
