/** Charges for short options that no long one of the same expiry and strike covers. */

import { groupedBy } from '../groupedBy.js';
import type { OptionRisk } from '../risk/riskBook.js';

/**
 * By line, `perUnit` for each unit that is net short at its expiry and strike. Calls and puts of one
 * strike net each other; at a strike that is net short every line pays by its size, and what is long
 * there pays less than nothing.
 */
export function netShortShares(
  options: readonly OptionRisk[],
  perUnit: number,
  lineCount: number,
): Float64Array {
  const shares = new Float64Array(lineCount);
  const strikes = groupedBy(options, ({ expiry, strike }) => `${expiry} ${strike}`);
  for (const strike of strikes.values()) {
    if (netUnits(strike) >= 0) continue;
    for (const { line, quantity } of strike) shares[line]! -= perUnit * quantity;
  }
  return shares;
}

const netUnits = (options: readonly OptionRisk[]) =>
  options.reduce((sum, { quantity }) => sum + quantity, 0);
