/** What is known of one expiry of an underlying: its forward, or the index where none is given. */

import { isNegative, isPositive, toFloat } from '../../../shared/units.js';
import { shareOf } from '../account/assetFeed.js';
import type { ForwardQuote, MarketSnapshot } from '../account/marketSnapshot.js';
import { yearsOf } from '../delta/yearsOf.js';
import type { ExpiryCurve, Feed } from '../risk/riskBook.js';

/** Rate × years: a dollar becomes e⁵⁰ of them. Beyond it a quote is somebody's mistake. */
const INTEREST_MAX = 50;

export interface KnownExpiry extends ExpiryCurve {
  /** False where the index stands in for the forward. */
  readonly isForwardGiven: boolean;
}

/** @param spot Of the underlying. */
export function expiryCurve(
  market: MarketSnapshot,
  underlying: string,
  expiry: Date,
  spot: Feed,
): KnownExpiry {
  const seconds = Math.max(0, (expiry.getTime() - market.at.getTime()) / 1_000);
  const quote = market.forwards
    .get(underlying)
    ?.find((of) => of.expiry.getTime() === expiry.getTime() && isUsableForward(of, seconds));
  if (quote === undefined) {
    const { confidence } = spot;
    const rate = { price: 0, confidence };
    return { seconds, forward: spot, forwardFixed: 0, rate, isForwardGiven: false };
  }
  const price = toFloat(quote.price);
  return {
    seconds,
    forward: { price, confidence: shareOf(quote.confidence) },
    forwardFixed: Math.min(toFloat(quote.settled), price),
    rate: { price: toFloat(quote.rate), confidence: shareOf(quote.rateConfidence) },
    isForwardGiven: true,
  };
}

/**
 * Whether numbers of the quote are within what models compute with.
 *
 * @param seconds Until the expiry; at least 0.
 */
export const isUsableForward = ({ price, settled, rate }: ForwardQuote, seconds: number): boolean =>
  isPositive(price) &&
  !isNegative(settled) &&
  Math.abs(toFloat(rate)) * yearsOf(seconds) <= INTEREST_MAX;
