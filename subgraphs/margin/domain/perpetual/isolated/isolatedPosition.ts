/** A position that stands on its own margin. */

import { absolute, quotientFloor } from '../quantum/integerQuotient.js';
import { divideCeil, divideFloor, ONE, wholeFloor, type Fixed } from './fixed.js';

export interface IsolatedPosition {
  /** Positive when long, negative when short. */
  readonly size: Fixed;
  /** What the size was worth when it was traded; never negative. */
  readonly entryNotional: Fixed;
  /** Posted and not yet given back; never negative. */
  readonly margin: Fixed;
  /** Share of notional posted when trading, 1 ÷ leverage; 0 when flat. */
  readonly marginShare: Fixed;
}

export const FLAT: IsolatedPosition = { size: 0n, entryNotional: 0n, margin: 0n, marginShare: 0n };

/** 1 ÷ leverage, where a leverage with a fraction counts as the whole one below; null below 1. */
export function marginShareOf(leverage: Fixed): Fixed | null {
  const whole = wholeFloor(leverage);
  return whole > 0n ? divideCeil(ONE, whole) : null;
}

/** Zero when flat. */
export const averageEntryPrice = ({ size, entryNotional }: IsolatedPosition): Fixed =>
  size === 0n ? 0n : divideFloor(entryNotional, absolute(size));

/**
 * Equity over value at `price`: long 1 − (entry notional − margin) ÷ value, short
 * (entry notional + margin) ÷ value − 1; toward −∞. 1 when flat or when the price is zero.
 */
export function marginRatio(
  { size, entryNotional, margin }: IsolatedPosition,
  price: Fixed,
): Fixed {
  // One fraction with a single rounding, so that equal ratios compare equal at any size.
  const value = absolute(size) * price;
  if (value === 0n) return ONE;
  const equity =
    size > 0n ? value - (entryNotional - margin) * ONE : (entryNotional + margin) * ONE - value;
  return quotientFloor(equity * ONE, value);
}

/** The price at which the margin is gone, toward −∞; below zero when no price takes a long's margin. Zero when flat. */
export function bankruptcyPrice({ size, entryNotional, margin }: IsolatedPosition): Fixed {
  if (size === 0n) return 0n;
  const debt = size > 0n ? entryNotional - margin : entryNotional + margin;
  return divideFloor(debt, absolute(size));
}
