/** The terms of an isolated-margin perpetual of the Bluefin class: data, never constants. */

import type { Fixed } from './fixed.js';

/** Rates and shares are fractions: 0.0625 is 6.25 %. */
export interface IsolatedMarket {
  /** Least margin ratio to open, to flip or to grow freely. */
  readonly initialMarginRate: Fixed;
  /** At or below it a position may only shrink, and below it be liquidated. */
  readonly maintenanceMarginRate: Fixed;
  /** Of notional traded, paid by the resting side. */
  readonly makerFeeRate: Fixed;
  readonly takerFeeRate: Fixed;
  /** The insurance pool's part of a liquidation's premium; the liquidator gets the rest. */
  readonly insurancePoolShare: Fixed;
  /** The oracle price is rounded to its multiple to liquidate and deleverage at. */
  readonly tickSize: Fixed;
  /** How far above (long) or below (short) the oracle a taker may trade; null where anything goes. */
  readonly takeBounds: { readonly long: Fixed; readonly short: Fixed } | null;
}
