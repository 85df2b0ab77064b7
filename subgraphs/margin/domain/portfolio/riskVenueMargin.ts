/** A venue's slice of an account under a float64 model. */

import { sum } from '../../../shared/units.js';
import { positionMargin } from '../account/positionMargin.js';
import { venueMarginHead } from '../account/venueMarginHead.js';
import type { LineShare, PositionMargin, VenueMargin } from '../marginModel.js';
import { revaluedTotals } from '../marginTotals.js';
import type { RiskLine } from '../risk/riskBook.js';
import { attribution } from './attribution.js';
import type { PublishedRequirement } from './publishedRequirement.js';
import type { VenueExposures } from './venueExposures.js';

/**
 * The margin of a position is its share of the slice's, negative where it is a hedge: with those of
 * the balances they sum to it.
 *
 * @param lines Of the whole account, as numbered in `requirement`.
 */
export function riskVenueMargin(
  { valuation, findings, oldestInput }: VenueExposures,
  lines: readonly RiskLine[],
  requirement: PublishedRequirement,
): VenueMargin {
  const { venueAccountId, positions, collateral } = valuation;
  const own = ownPart(venueAccountId, lines, requirement);
  return {
    ...venueMarginHead({ ...valuation, findings, oldestInput }),
    ...revaluedTotals({
      collateralValue: sum(collateral.map(({ creditedValue }) => creditedValue)),
      unrealizedPnl: sum(positions.map(({ unrealizedPnl }) => unrealizedPnl)),
      optionValue: sum(positions.map(({ optionValue }) => optionValue)),
      initialMargin: requirement.initialMargin.part.amount,
      maintenanceMargin: requirement.maintenanceMargin.part.amount,
    }),
    positions: positions.flatMap((valued, i): PositionMargin[] => {
      const share = own[i];
      return share === undefined ? [] : [positionMargin(valued, share)];
    }),
  };
}

/** Of the venue's lines alone, so that a rounding can never land on another's. */
function ownPart(
  venueAccountId: string,
  lines: readonly RiskLine[],
  { initialMargin, maintenanceMargin }: PublishedRequirement,
): readonly LineShare[] {
  const isOwn = (_: unknown, place: number) => lines[place]?.venueAccountId === venueAccountId;
  return attribution(lines.filter(isOwn), {
    initialMargin: { ...initialMargin, shares: initialMargin.shares.filter(isOwn) },
    maintenanceMargin: { ...maintenanceMargin, shares: maintenanceMargin.shares.filter(isOwn) },
  });
}
