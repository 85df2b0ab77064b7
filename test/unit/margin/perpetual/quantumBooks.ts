/** Markets and accounts in whole quantums; what a test does not say is 40,000 USDC a bitcoin. */

import type {
  QuantumAccount,
  QuantumPosition,
} from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumAccount.js';
import type { QuantumMarket } from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumMarket.js';

/** 10⁻⁶ USDC. */
export const USDC = 1_000_000n;
/** 10⁻⁸ bitcoin. */
export const BITCOIN = 100_000_000n;

/** 5 % to open with, and 60 % of that to stay open. */
export const bitcoin: QuantumMarket = {
  price: 4_000_000n,
  priceExponent: -2,
  baseResolution: -8,
  openInterest: null,
  tier: { initialMarginPpm: 50_000n, maintenanceFractionPpm: 600_000n, openInterestCaps: null },
};

/** 2,000 USDC, 10 % to open with, half of that to stay open. */
export const ether: QuantumMarket = {
  price: 2_000n,
  priceExponent: 0,
  baseResolution: -9,
  openInterest: null,
  tier: { initialMarginPpm: 100_000n, maintenanceFractionPpm: 500_000n, openInterestCaps: null },
};

/** A quantum of it is worth one of the quote, so that roundings show. */
export const unit = (initialMarginPpm: bigint, maintenanceFractionPpm: bigint): QuantumMarket => ({
  price: 1n,
  priceExponent: 0,
  baseResolution: -6,
  openInterest: null,
  tier: { initialMarginPpm, maintenanceFractionPpm, openInterestCaps: null },
});

export const held = (
  perpetualId: number,
  market: QuantumMarket,
  quantums: bigint,
): QuantumPosition => ({ perpetualId, market, quantums });

export const account = (
  quoteBalance: bigint,
  ...positions: readonly QuantumPosition[]
): QuantumAccount => ({ quoteBalance, positions });
