/** Quotients of whole numbers, rounded in the direction that the name says. */

/** Toward −∞. `divisor` must be above zero. */
export function quotientFloor(dividend: bigint, divisor: bigint): bigint {
  const truncated = dividend / divisor;
  return dividend % divisor < 0n ? truncated - 1n : truncated;
}

/** Toward +∞. `divisor` must be above zero. */
export const quotientCeil = (dividend: bigint, divisor: bigint): bigint =>
  -quotientFloor(-dividend, divisor);

/** Parts in a whole, where a rate is written in parts per million (ppm). */
export const PARTS_PER_MILLION = 1_000_000n;

/** `amount × rate`, toward +∞. */
export const shareCeil = (amount: bigint, ratePpm: bigint): bigint =>
  quotientCeil(amount * ratePpm, PARTS_PER_MILLION);

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

export const sign = (value: bigint): -1 | 0 | 1 => (value < 0n ? -1 : value > 0n ? 1 : 0);
