/** σ√T of options in the scenarios of one volatility shock; the same for every spot. */

import { isSkew, type VolatilityShock } from './gridScenario.js';
import type { PreparedOptions } from './preparedOptions.js';
import type { ScanExpiry, ScanMarket } from './scanMarket.js';
import { skewFactor } from './skewLaw.js';
import { volatilityMove } from './volatilityLaw.js';

/** By row of `options`. */
export function shockedDeviations(
  market: ScanMarket,
  { count, starts, volatilities, columns }: PreparedOptions,
  shock: VolatilityShock,
): Float64Array {
  const deviations = new Float64Array(count);
  market.expiries.forEach((expiry, e) => {
    const [first, end] = [starts[e]!, starts[e + 1]!];
    if (first === end) return;
    const deviationOf = shockedDeviation(market, expiry, shock);
    for (let i = first; i < end; i++) {
      deviations[i] = deviationOf(volatilities[i]!, columns.strikes[i]!);
    }
  });
  return deviations;
}

/** Of the options of one expiry: from volatility and strike to the shocked σ√T. */
function shockedDeviation(
  { scan }: ScanMarket,
  { seconds, rootYears, forward }: ScanExpiry,
  volatility: VolatilityShock,
): (volatility: number, strike: number) => number {
  if (isSkew(volatility)) {
    if (scan.skew === null) throw new Error('A scan with skew scenarios has no skew law');
    const factorOf = skewFactor(scan.skew, volatility, rootYears);
    return (sigma, strike) => sigma * factorOf(Math.log(strike / forward)) * rootYears;
  }
  const { factor, points, min } = volatilityMove(scan.volatility, volatility, seconds);
  return (sigma) => Math.max(sigma * factor + points, min) * rootYears;
}
