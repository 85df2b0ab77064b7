/** Prices as the float64 models take them: with how far they are vouched for. */

import { isPositive, toFloat, type Ratio } from '../../../shared/units.js';
import type { Feed } from '../risk/riskBook.js';
import type { Instrument } from './accountBook.js';
import type { AssetQuote, MarketSnapshot } from './marketSnapshot.js';

/** USD per unit; null without a quote above zero that is not HALTED. */
export function assetFeed(market: MarketSnapshot, asset: string): Feed | null {
  if (asset === 'USD') return { price: 1, confidence: 1 };
  const quote = market.assets.get(asset);
  if (quote === undefined || !isUsable(quote)) return null;
  return { price: toFloat(quote.price), confidence: shareOf(quote.confidence) };
}

/** How far the instrument's own quote is vouched for; 0 without one in its price currency. */
export function instrumentConfidence(
  { instruments }: MarketSnapshot,
  { id, priceCurrency }: Instrument,
): number {
  const quote = instruments.get(id);
  if (quote?.currency !== priceCurrency || quote.status === 'HALTED') return 0;
  return shareOf(quote.confidence);
}

/** Between 0 and 1, where what is out of range vouches for nothing; 1 when left out. */
export function shareOf(confidence: Ratio | undefined): number {
  const share = confidence === undefined ? 1 : toFloat(confidence);
  return share >= 0 && share <= 1 ? share : 0;
}

const isUsable = ({ price, status }: AssetQuote) => status !== 'HALTED' && isPositive(price);
