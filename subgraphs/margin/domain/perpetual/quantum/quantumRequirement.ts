/** What a position of the dYdX v4 class must post, in whole quote quantums. */

import { InvalidInput } from '../../liquidation/invalidInput.js';
import { absolute, PARTS_PER_MILLION, shareCeil } from './integerQuotient.js';
import { netNotional, type LiquidityTier, type QuantumMarket } from './quantumMarket.js';

/** Quote quantums, each rounded up; `initial` is at least `maintenance`. */
export interface QuantumRequirement {
  readonly initial: bigint;
  readonly maintenance: bigint;
}

/**
 * Of `quantums`, long or short alike. The maintenance margin is a fraction of the initial margin as
 * it is without the scaling by open interest, and rounds up from its rounded amount.
 *
 * Throws InvalidInput for a rate outside 0 to 1,000,000 ppm or a negative open interest.
 */
export function quantumRequirement(market: QuantumMarket, quantums: bigint): QuantumRequirement {
  const { initialMarginPpm, maintenanceFractionPpm } = market.tier;
  requirePpm('initialMarginPpm', initialMarginPpm);
  requirePpm('maintenanceFractionPpm', maintenanceFractionPpm);
  const notional = netNotional(market, absolute(quantums));
  const unscaled = shareCeil(notional, initialMarginPpm);
  return {
    initial: shareCeil(notional, scaledInitialMarginPpm(market)),
    maintenance: shareCeil(unscaled, maintenanceFractionPpm),
  };
}

/**
 * The initial rate in ppm, cut to a whole one: the tier's up to the lower cap of open interest, then
 * rising in a straight line to the whole notional at the upper cap.
 */
export function scaledInitialMarginPpm(market: QuantumMarket): bigint {
  const { initialMarginPpm, openInterestCaps } = market.tier;
  if (market.openInterest === null || openInterestCaps === null) return initialMarginPpm;
  if (market.openInterest < 0n) {
    throw new InvalidInput('openInterest', market.openInterest, 'zero or above');
  }
  const open = netNotional(market, market.openInterest);
  return risingRate(open, initialMarginPpm, openInterestCaps);
}

function risingRate(
  open: bigint,
  initialMarginPpm: bigint,
  { lower, upper }: NonNullable<LiquidityTier['openInterestCaps']>,
): bigint {
  // An upper cap of zero is how the venue writes that a tier is not scaled.
  if (upper === 0n || open <= lower) return initialMarginPpm;
  if (open >= upper) return PARTS_PER_MILLION;
  const rise = ((PARTS_PER_MILLION - initialMarginPpm) * (open - lower)) / (upper - lower);
  return initialMarginPpm + rise;
}

function requirePpm(field: string, value: bigint): void {
  if (value < 0n || value > PARTS_PER_MILLION) {
    throw new InvalidInput(field, value, 'between 0 and 1,000,000 ppm');
  }
}
