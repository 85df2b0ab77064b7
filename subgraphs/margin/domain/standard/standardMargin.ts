/**
 * The standard model: haircut collateral against the sum of each position's own requirement.
 *
 * Additive by design: positions do not offset each other, within a venue or across them, so an
 * account requires exactly what its venues require together. Offsets belong to portfolio models.
 */

import { sum } from '../../../shared/units.js';
import type { AccountBook } from '../account/accountBook.js';
import type {
  AccountMargin,
  MarginModel,
  PositionMargin,
  Unknown,
  VenueMargin,
} from '../marginModel.js';
import { marginTotals, summedTotals } from '../marginTotals.js';
import { orderedBook } from '../account/orderedBook.js';
import type { ParameterSet } from '../parameterSet.js';
import { worstQuality } from '../account/quality.js';
import { standardRequirement, type StandardRules } from './standardRules.js';
import { sortedUnique } from '../textOrder.js';
import type { ValuedPosition } from '../account/valuedPosition.js';
import { venueValuation, type VenueValuation } from '../account/venueValuation.js';

const NAME = 'standard';

export const standardMargin: MarginModel<StandardRules> = {
  name: NAME,
  evaluate(book, market, parameters) {
    const venues = orderedBook(book).venues.map((venue) => {
      const valuation = venueValuation(venue, market, parameters.limits);
      return valuation.kind === 'known' ? venueMargin(valuation, parameters.rules) : valuation;
    });
    return { account: accountMargin(book, market.at, parameters, venues), venues };
  },
  explain: () => null,
};

function venueMargin(valuation: VenueValuation, rules: StandardRules): VenueMargin {
  const { venueAccountId, collateral, asOf, oldestInput, findings } = valuation;
  const positions = valuation.positions.map((valued) => positionMargin(valued, rules));
  return {
    kind: 'known',
    venueAccountId,
    asOf,
    oldestInput,
    quality: worstQuality(findings.map(({ quality }) => quality)),
    reasons: sortedUnique(findings.map(({ reason }) => reason)),
    ...marginTotals({
      collateralValue: sum(collateral.map(({ creditedValue }) => creditedValue)),
      unrealizedPnl: sum(positions.map(({ unrealizedPnl }) => unrealizedPnl)),
      optionValue: sum(positions.map(({ optionValue }) => optionValue)),
      initialMargin: sum(positions.map(({ initialMargin }) => initialMargin)),
      maintenanceMargin: sum(positions.map(({ maintenanceMargin }) => maintenanceMargin)),
    }),
    positions,
    collateral,
  };
}

const positionMargin = (valued: ValuedPosition, rules: StandardRules): PositionMargin => ({
  positionId: valued.position.id,
  instrumentId: valued.instrument.id,
  markPrice: valued.markPrice,
  notional: valued.notional,
  unrealizedPnl: valued.unrealizedPnl,
  optionValue: valued.optionValue,
  ...standardRequirement(valued, rules),
});

/** Whole or unknown: one venue that is not known leaves the sum unknown. */
function accountMargin(
  { accountId }: AccountBook,
  at: Date,
  { name, hash }: ParameterSet<StandardRules>,
  venues: readonly (VenueMargin | Unknown)[],
): AccountMargin | Unknown {
  const unknown = venues.filter((venue) => venue.kind === 'unknown');
  if (unknown.length > 0) {
    return {
      kind: 'unknown',
      id: accountId,
      unpriced: sortedUnique(unknown.flatMap(({ unpriced }) => unpriced)),
      venues: unknown.flatMap((venue) => venue.venues),
    };
  }
  const known = venues.filter((venue) => venue.kind === 'known');
  const inputs = known.map(({ oldestInput }) => oldestInput.getTime());
  return {
    kind: 'known',
    accountId,
    model: NAME,
    parameterSet: { name, hash },
    // Nothing went in where no venue is linked: then the result is as new as its evaluation.
    asOf: inputs.length === 0 ? at : new Date(Math.min(...inputs)),
    quality: worstQuality(known.map(({ quality }) => quality)),
    reasons: sortedUnique(known.flatMap(({ reasons }) => reasons)),
    ...summedTotals(known),
    venues: known,
  };
}
