/**
 * A perpetual market of the dYdX v4 class, whose rules are exact in whole numbers.
 *
 * Amounts are quantums: 10^resolution of a coin for the base, 10⁻⁶ USDC for the quote. Rates are
 * parts per million. Source: docs.dydx.exchange, «Perpetuals and assets» and «Margin».
 */

import { InvalidInput } from '../../liquidation/invalidInput.js';

export interface QuantumMarket {
  /** The price of one coin in quote coins is `price` × 10^`priceExponent`; never negative. */
  readonly price: bigint;
  readonly priceExponent: number;
  /** One base quantum is 10^`baseResolution` coins; −8 where it is a hundred-millionth. */
  readonly baseResolution: number;
  readonly tier: LiquidityTier;
  /** Base quantums open in the market, for the scaling of the tier; null where it is not scaled. */
  readonly openInterest: bigint | null;
}

export interface LiquidityTier {
  /** Share of notional to open with, ppm, 0 to 1,000,000. */
  readonly initialMarginPpm: bigint;
  /** Share of the unscaled initial margin to stay open with, ppm, 0 to 1,000,000. */
  readonly maintenanceFractionPpm: bigint;
  /**
   * Notional of open interest, quote quantums, from which the initial margin rises, and at which it
   * reaches the whole notional; null where it does not rise.
   */
  readonly openInterestCaps: { readonly lower: bigint; readonly upper: bigint } | null;
}

/** One quote quantum is 10⁻⁶ of a quote coin. */
const QUOTE_RESOLUTION = -6;

/** More than any asset has; beyond it a power of ten only fills the memory. */
const EXPONENT_MAX = 100;

/**
 * The worth of `quantums` in quote quantums, with their sign, cut toward zero.
 *
 * Throws InvalidInput for a negative price, or an exponent that is no integer within ±100.
 */
export function netNotional(market: QuantumMarket, quantums: bigint): bigint {
  const { price, priceExponent, baseResolution } = market;
  if (price < 0n) throw new InvalidInput('price', price, 'zero or above');
  requireExponent('priceExponent', priceExponent);
  requireExponent('baseResolution', baseResolution);
  const exponent = priceExponent + baseResolution - QUOTE_RESOLUTION;
  const product = quantums * price;
  // The cut of a negative product is toward zero as well: so the venue divides.
  return exponent >= 0 ? product * powerOfTen(exponent) : product / powerOfTen(-exponent);
}

const powerOfTen = (exponent: number) => 10n ** BigInt(exponent);

function requireExponent(field: string, value: number): void {
  if (!Number.isInteger(value) || Math.abs(value) > EXPONENT_MAX) {
    throw new InvalidInput(field, value, `an integer within ±${EXPONENT_MAX}`);
  }
}
