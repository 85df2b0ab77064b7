/** Equity ÷ maintenance margin. */

import { isLess, isPositive, ratio, ratioFloor, type Ratio, type Usd } from '../../shared/units.js';

// The text form holds 20 digits before the point, and dust as a requirement could exceed them.
const GREATEST = ratio('99999999999999999999');
const LEAST = ratio('-99999999999999999999');

/** Rounded down, within ±(10²⁰ − 1); null when nothing is required. */
export function marginRatio(equity: Usd, maintenanceMargin: Usd): Ratio | null {
  if (!isPositive(maintenanceMargin)) return null;
  const exact = ratioFloor(equity, maintenanceMargin);
  if (isLess(GREATEST, exact)) return GREATEST;
  return isLess(exact, LEAST) ? LEAST : exact;
}
