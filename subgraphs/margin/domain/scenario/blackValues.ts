/**
 * Undiscounted Black values of many options at once, in float64: the inner loop of the engine.
 *
 * A value is what exercising pays at the forward plus the premium of the option's twin out of the
 * money (the call above the forward, the put below), so calls and puts share the arithmetic and the
 * small premium keeps its digits. Because F·φ(d₁) = K·φ(d₂), both of its terms share one
 * exponential as well. The logarithm of a forward is taken once for a run of equal ones.
 */

import { FARTHEST_TAIL, tailRatio } from '../../../shared/pricing/tailRatio.js';

/** Columns of equal length, one row an option; made by `optionColumns`. */
export interface OptionColumns {
  readonly strikes: Float64Array;
  /** 1 for a call, 0 for a put. */
  readonly isCall: Uint8Array;
  /** 1 for a call, −1 for a put. */
  readonly sides: Float64Array;
  /** A price in the middle of the strikes. */
  readonly scale: number;
  /** ln(strike / scale): near 0, where a float64 is finest. */
  readonly logStrikes: Float64Array;
}

/**
 * Columns of strikes, at least 0, and types, 1 for a call and 0 for a put.
 * The columns keep the arrays: do not change them afterwards.
 */
export function optionColumns(strikes: Float64Array, isCall: Uint8Array): OptionColumns {
  const middle = strikes.toSorted()[strikes.length >> 1] ?? 0;
  const scale = middle > 0 ? middle : 1;
  return {
    strikes,
    isCall,
    sides: Float64Array.from(isCall, (one) => (one === 1 ? 1 : -1)),
    scale,
    logStrikes: strikes.map((strike) => logRatio(strike, scale)),
  };
}

/**
 * Writes to `values` what each option is worth per unit at expiry's money (discount 1): as exact as
 * `black76`, within 4e-15 of the larger of forward and strike, and 1e-11 of the value itself until
 * that is below 1e-12 of the forward. NaN in gives NaN out; nothing else does.
 * Fastest where equal forwards stand together.
 *
 * @param forwards Of each option's expiry; at least 0.
 * @param deviations σ√T of each option; at least 0, where 0 gives what exercising pays.
 */
export function blackValues(
  { strikes, sides, scale, logStrikes }: OptionColumns,
  forwards: Float64Array,
  deviations: Float64Array,
  values: Float64Array,
): void {
  // Some loaders look an import up again at each use, which here would double the time.
  const [tail, farthest] = [tailRatio, FARTHEST_TAIL];
  let logged = NaN;
  let logForward = NaN;
  for (let i = 0; i < values.length; i++) {
    const forward = forwards[i]!;
    const strike = strikes[i]!;
    const deviation = deviations[i]!;
    if (forward !== logged) {
      logged = forward;
      logForward = logRatio(forward, scale);
    }
    const paid = Math.max((forward - strike) * sides[i]!, 0);
    if (deviation === 0) {
      values[i] = paid;
      continue;
    }

    // Distances of the strike from the two means of the logarithm, in deviations: |d₁| and |d₂|,
    // the nearer first. The nearer is negative between the means.
    const distance = Math.abs(logForward - logStrikes[i]!) / deviation;
    const near = distance - 0.5 * deviation;
    const far = distance + 0.5 * deviation;
    const least = Math.min(forward, strike);
    const bell = least * Math.exp(-0.5 * near * near);
    const nearTail = bell * tail(Math.min(Math.abs(near), farthest));
    const farTail = bell * tail(Math.min(far, farthest));
    // Rounding may bring the difference of two tails below nothing.
    values[i] = paid + Math.max((near < 0 ? least - nearTail : nearTail) - farTail, 0);
  }
}

/** ln(price / scale), held finite at 0 so that no infinity meets another. */
const logRatio = (price: number, scale: number) => Math.log(Math.max(price / scale, 1e-300));
