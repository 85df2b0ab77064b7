/** What is known of an option's volatility. */

import { impliedVolatility } from '../../../shared/pricing/impliedVolatility.js';
import { isNegative, toFloat } from '../../../shared/units.js';
import type { OptionInstrument } from '../account/accountBook.js';
import { instrumentConfidence, shareOf } from '../account/assetFeed.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { OptionTerms } from './optionTerms.js';

export interface KnownVolatility {
  /** Implied, a year. */
  readonly volatility: number;
  readonly confidence: number;
}

/**
 * The volatility given, else the one that the mark implies; null where it implies none.
 *
 * @param mark USD per unit of the underlying.
 */
export function optionVolatility(
  instrument: OptionInstrument,
  terms: OptionTerms,
  mark: number,
  market: MarketSnapshot,
): KnownVolatility | null {
  const given = market.volatilities.get(instrument.id);
  if (given !== undefined && !isNegative(given.volatility)) {
    return { volatility: toFloat(given.volatility), confidence: shareOf(given.confidence) };
  }
  const implied = impliedVolatility(terms, mark);
  // A mark without time value says nothing of how far the price may move.
  if (implied === null || implied === 0) return null;
  // Where no feed prices the option, none vouches for what its mark implies either.
  return { volatility: implied, confidence: instrumentConfidence(market, instrument) };
}
