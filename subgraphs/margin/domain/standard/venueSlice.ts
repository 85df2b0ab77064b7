/** What stands at one venue under the standard rules: its book, and its margin alone. */

import { add, sum, usd, type Usd } from '../../../shared/units.js';
import { positionMargin } from '../account/positionMargin.js';
import { venueMarginHead } from '../account/venueMarginHead.js';
import type { VenueValuation } from '../account/venueValuation.js';
import type { VenueMargin } from '../marginModel.js';
import { marginTotals } from '../marginTotals.js';
import { chargedBook, type ChargedBook, type ChargedPosition } from './chargedPosition.js';
import { amountOf } from './exactRequirement.js';
import type { MarginPair } from './marginPair.js';
import type { StandardBook } from './standardPosition.js';
import { bookRequirement } from './bookRequirement.js';
import type { StandardRules } from './standardRules.js';

const NOTHING = usd('0');

export interface VenueSlice {
  readonly kind: 'known';
  readonly book: StandardBook;
  readonly charged: ChargedBook;
  readonly margin: VenueMargin;
}

/** What a position's profit counts for in equity, and what the position then still requires. */
export interface Counted {
  readonly pnl: Usd;
  readonly alone: MarginPair;
}

/**
 * @param book The valuation's, with its positions in the same order.
 * @param counted See `Architecture`.
 */
export function venueSlice(
  valuation: VenueValuation,
  book: StandardBook,
  rules: StandardRules,
  counted: (pnl: Usd, alone: MarginPair) => Counted,
): VenueSlice {
  const { positions, collateral } = valuation;
  const given = chargedBook(book, rules);
  const each = given.positions.map(({ alone }, i) =>
    counted(positions[i]?.unrealizedPnl ?? NOTHING, alone),
  );
  const charged: ChargedBook = {
    ...given,
    positions: given.positions.map((one, i) => ({ ...one, alone: each[i]?.alone ?? one.alone })),
  };
  const requirement = bookRequirement(charged, rules.spreads);
  const margin: VenueMargin = {
    ...venueMarginHead(valuation),
    ...marginTotals({
      collateralValue: sum(collateral.map(({ creditedValue }) => creditedValue)),
      unrealizedPnl: sum(each.map(({ pnl }) => pnl)),
      optionValue: sum(positions.map(({ optionValue }) => optionValue)),
      initialMargin: amountOf(requirement.initialMargin),
      maintenanceMargin: amountOf(requirement.maintenanceMargin),
    }),
    positions: charged.positions.flatMap((one, i) => {
      const valued = positions[i];
      return valued === undefined ? [] : [positionMargin(valued, requiredAlone(one))];
    }),
  };
  return { kind: 'known', book, charged, margin };
}

/** What it requires alone, charges for doubtful prices included; offsets are of the venue. */
const requiredAlone = ({ alone, doubts }: ChargedPosition): MarginPair => ({
  initialMargin: add(alone.initialMargin, sum(doubts.map(amountOf))),
  maintenanceMargin: alone.maintenanceMargin,
});
