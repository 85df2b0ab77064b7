/** Undiscounted Black values of many options at once, in float64: the inner loop of the engine. */

import { black76 } from '../../../shared/pricing/black76.js';

/** Columns of equal length, one row an option. */
export interface OptionColumns {
  readonly strikes: Float64Array;
  /** 1 for a call, 0 for a put. */
  readonly isCall: Uint8Array;
}

/**
 * Writes to `values` what each option is worth per unit at expiry's money (discount 1).
 *
 * @param forwards Of each option's expiry; at least 0.
 * @param deviations σ√T of each option; at least 0, where 0 gives what exercising pays.
 */
export function blackValues(
  { strikes, isCall }: OptionColumns,
  forwards: Float64Array,
  deviations: Float64Array,
  values: Float64Array,
): void {
  for (let i = 0; i < values.length; i++) {
    values[i] = black76({
      type: isCall[i] === 1 ? 'CALL' : 'PUT',
      forward: forwards[i]!,
      strike: strikes[i]!,
      volatility: deviations[i]!,
      years: 1,
      discount: 1,
    });
  }
}
