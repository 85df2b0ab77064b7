/** A valued position as the float64 models take it. */

import { InvalidPricingInput } from '../../../shared/pricing/invalidPricingInput.js';
import { toFloat } from '../../../shared/units.js';
import { assetFeed, instrumentConfidence } from '../account/assetFeed.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { ValuedFuture, ValuedOption, ValuedPosition } from '../account/valuedPosition.js';
import type { Feed, FutureRisk, RiskLine } from '../risk/riskBook.js';
import { expiryCurve } from './expiryCurve.js';
import type { Exposure, Note } from './exposure.js';
import { optionView } from './optionView.js';
import { PositionError } from './positionError.js';

/** What a position's exposure is read from. */
export interface PositionReading {
  readonly market: MarketSnapshot;
  readonly line: RiskLine;
  /** Of the underlying. */
  readonly spot: Feed;
  /** See `InputLimits.missingVolatility`. */
  readonly missingVolatility: number | null;
  readonly note: Note;
}

/** Throws PositionError for numbers so large or small that float64 cannot hold what follows. */
export function positionExposure(valued: ValuedPosition, reading: PositionReading): Exposure {
  if (valued.kind === 'FUTURE') return futureExposure(valued, reading);
  try {
    return optionExposure(valued, reading);
  } catch (error) {
    if (!(error instanceof InvalidPricingInput)) throw error;
    throw new PositionError(valued.instrument.id, error.message);
  }
}

function optionExposure(valued: ValuedOption, reading: PositionReading): Exposure {
  const { market, line, spot, note } = reading;
  const { position, instrument } = valued;
  const { underlying, expiry } = instrument;
  const curve = expiryCurve(market, underlying, expiry, spot);
  if (!curve.isForwardGiven && curve.seconds > 0) {
    const day = expiry.toISOString().slice(0, 10);
    note('DEGRADED', `No forward of ${underlying} for ${day}: the index stands in.`);
  }
  const { volatility, confidence, unvouchedValue } = optionView(
    valued,
    curve,
    market,
    reading.missingVolatility,
    note,
  );
  return {
    kind: 'OPTION',
    line,
    underlying,
    expiry,
    unvouchedValue,
    risk: {
      strike: toFloat(instrument.strike),
      isCall: instrument.optionType === 'CALL',
      quantity: toFloat(position.size) * toFloat(instrument.contractMultiplier),
      volatility,
      confidence,
    },
  };
}

/** Products of a few such numbers are still finite; see `checkRiskBook`. */
const MARK_MAX = 1e60;

function futureExposure(valued: ValuedFuture, { market, line }: PositionReading): Exposure {
  const { instrument } = valued;
  const risk =
    instrument.contractType === 'INVERSE'
      ? inverseRisk(valued, market)
      : linearRisk(valued, market);
  if (!(risk.mark > 0 && risk.mark <= MARK_MAX)) {
    throw new PositionError(instrument.id, `a mark of ${risk.mark} cannot be computed with`);
  }
  return {
    kind: 'FUTURE',
    line,
    underlying: instrument.underlying,
    expiry: instrument.expiry,
    confidence: instrumentConfidence(market, instrument),
    risk,
  };
}

/** Contracts of a fixed number of dollars: at a shocked price they earn its move on all of them. */
function inverseRisk({ position, instrument, markPrice }: ValuedFuture, market: MarketSnapshot) {
  const currency = priceOf(market, instrument.priceCurrency);
  return {
    contract: 'INVERSE' as const,
    quantity: toFloat(position.size) * toFloat(instrument.contractMultiplier) * currency,
    mark: toFloat(markPrice) / currency,
    pointValue: 1,
    pays: null,
  };
}

function linearRisk(
  { position, instrument, markPrice }: ValuedFuture,
  market: MarketSnapshot,
): Omit<FutureRisk, 'line' | 'expiry'> {
  const { priceCurrency, settlementCurrency } = instrument;
  const isQuanto = settlementCurrency !== 'USD' && settlementCurrency !== priceCurrency;
  return {
    contract: isQuanto ? 'QUANTO' : 'LINEAR',
    quantity: toFloat(position.size) * toFloat(instrument.contractMultiplier),
    mark: toFloat(markPrice) / priceOf(market, priceCurrency),
    pointValue: priceOf(market, settlementCurrency),
    pays: isQuanto ? settlementCurrency : null,
  };
}

function priceOf(market: MarketSnapshot, asset: string): number {
  const feed = assetFeed(market, asset);
  // The position could not have been valued without.
  if (feed === null) throw new Error(`No price of ${asset}`);
  return feed.price;
}
