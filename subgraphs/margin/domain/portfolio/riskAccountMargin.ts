/** A whole account under a float64 model: what its venues own together against what it requires. */

import { sum, type Usd } from '../../../shared/units.js';
import { worstQuality } from '../account/quality.js';
import type { AccountMargin, MarginTotals, Unknown, VenueMargin } from '../marginModel.js';
import { revaluedTotals } from '../marginTotals.js';
import type { ParameterSet } from '../parameterSet.js';
import { sortedUnique } from '../textOrder.js';
import type { PublishedRequirement } from './publishedRequirement.js';

export interface AccountResult {
  readonly accountId: string;
  readonly model: string;
  readonly parameterSet: Pick<ParameterSet<unknown>, 'name' | 'hash'>;
  /** Of the evaluation. */
  readonly at: Date;
}

export function riskAccountMargin(
  { accountId, model, parameterSet: { name, hash }, at }: AccountResult,
  venues: readonly VenueMargin[],
  requirement: PublishedRequirement,
): AccountMargin {
  const inputs = venues.map(({ oldestInput }) => oldestInput.getTime());
  const total = (pick: (venue: MarginTotals) => Usd) => sum(venues.map(pick));
  return {
    kind: 'known',
    accountId,
    model,
    parameterSet: { name, hash },
    // Nothing went in where no venue is linked: then the result is as new as its evaluation.
    asOf: inputs.length === 0 ? at : new Date(Math.min(...inputs)),
    quality: worstQuality(venues.map(({ quality }) => quality)),
    reasons: sortedUnique(venues.flatMap(({ reasons }) => reasons)),
    ...revaluedTotals({
      collateralValue: total((venue) => venue.collateralValue),
      unrealizedPnl: total((venue) => venue.unrealizedPnl),
      optionValue: total((venue) => venue.optionValue),
      initialMargin: requirement.initialMargin.part.amount,
      maintenanceMargin: requirement.maintenanceMargin.part.amount,
    }),
    venues,
  };
}

/** One venue that is not known leaves the account unknown. */
export const unknownAccount = (accountId: string, venues: readonly Unknown[]): Unknown => ({
  kind: 'unknown',
  id: accountId,
  unpriced: sortedUnique(venues.flatMap(({ unpriced }) => unpriced)),
  venues: venues.flatMap((venue) => venue.venues),
});
