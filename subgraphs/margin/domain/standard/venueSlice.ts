/** What stands at one venue under the standard rules: its book, and its margin alone. */

import { add, sum, type Usd } from '../../../shared/units.js';
import { worstQuality } from '../account/quality.js';
import type { ValuedPosition } from '../account/valuedPosition.js';
import type { VenueValuation } from '../account/venueValuation.js';
import type { PositionMargin, VenueMargin } from '../marginModel.js';
import { marginTotals } from '../marginTotals.js';
import { sortedUnique } from '../textOrder.js';
import { chargedBook, type ChargedBook, type ChargedPosition } from './chargedPosition.js';
import { amountOf } from './exactRequirement.js';
import type { StandardBook } from './standardPosition.js';
import { bookRequirement } from './bookRequirement.js';
import type { StandardRules } from './standardRules.js';

export interface VenueSlice {
  readonly kind: 'known';
  readonly book: StandardBook;
  readonly charged: ChargedBook;
  readonly margin: VenueMargin;
}

/**
 * @param book The valuation's, with its positions in the same order.
 * @param countedPnl What a position's profit counts for in equity.
 */
export function venueSlice(
  valuation: VenueValuation,
  book: StandardBook,
  rules: StandardRules,
  countedPnl: (pnl: Usd) => Usd,
): VenueSlice {
  const { venueAccountId, positions, collateral, asOf, oldestInput, findings } = valuation;
  const charged = chargedBook(book, rules);
  const requirement = bookRequirement(charged, rules.spreads);
  const margin: VenueMargin = {
    kind: 'known',
    venueAccountId,
    asOf,
    oldestInput,
    quality: worstQuality(findings.map(({ quality }) => quality)),
    reasons: sortedUnique(findings.map(({ reason }) => reason)),
    ...marginTotals({
      collateralValue: sum(collateral.map(({ creditedValue }) => creditedValue)),
      unrealizedPnl: sum(positions.map(({ unrealizedPnl }) => countedPnl(unrealizedPnl))),
      optionValue: sum(positions.map(({ optionValue }) => optionValue)),
      initialMargin: amountOf(requirement.initialMargin),
      maintenanceMargin: amountOf(requirement.maintenanceMargin),
    }),
    positions: charged.positions.flatMap((one, i) => {
      const valued = positions[i];
      return valued === undefined ? [] : [positionMargin(valued, one)];
    }),
    collateral,
  };
  return { kind: 'known', book, charged, margin };
}

/** What it requires alone, charges for doubtful prices included; offsets are of the venue. */
const positionMargin = (
  valued: ValuedPosition,
  { alone, doubts }: ChargedPosition,
): PositionMargin => ({
  positionId: valued.position.id,
  instrumentId: valued.instrument.id,
  markPrice: valued.markPrice,
  notional: valued.notional,
  unrealizedPnl: valued.unrealizedPnl,
  optionValue: valued.optionValue,
  initialMargin: add(alone.initialMargin, sum(doubts.map(amountOf))),
  maintenanceMargin: alone.maintenanceMargin,
});
