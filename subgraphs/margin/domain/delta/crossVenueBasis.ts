/** What a hedge over several venues costs, because its legs settle on different prices. */

import { charge, type Requirement } from '../risk/requirement.js';
import { deltaShares, type DeltaExposure } from './deltaExposure.js';

/**
 * rate × min(what venues are long, what venues are short) × spot, in USD, each venue by its net
 * delta. The venues of the smaller side pay it; where both sides are equal, half each.
 * Source: domain.md §5.
 */
export function crossVenueBasis(code: string, exposure: DeltaExposure, rate: number): Requirement {
  const { underlying, byVenue, venues } = exposure;
  // From the venues' own sums: over all of them, float64 may leave a trace of a perfect hedge.
  const long = sideOf(byVenue, 1);
  const short = sideOf(byVenue, -1);
  const direction = Math.sign(long - short);
  const shares = deltaShares(
    exposure,
    (_line, index) => (rate * (Math.sign(byVenue.get(venues[index]!)!) - direction)) / 2,
  );
  return charge({ code, of: underlying }, shares);
}

function sideOf(byVenue: ReadonlyMap<string, number>, side: 1 | -1): number {
  let total = 0;
  for (const delta of byVenue.values()) total += Math.max(side * delta, 0);
  return total;
}
