/**
 * The margin of an account by a float64 model.
 *
 * Equity is collateral after haircuts, profit and what options are worth; the requirement is what can
 * be lost from there. Positions offset each other over venues; each venue's margin is that of its
 * slice alone, without help from the others.
 */

import { sum, toFloat } from '../../../shared/units.js';
import type { AccountBook } from '../account/accountBook.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { AccountEvaluation, MarginExplanation, MarginModel } from '../marginModel.js';
import type { ParameterSet } from '../parameterSet.js';
import { absurdVenue } from '../account/absurdVenue.js';
import { accountReading, type AccountReading } from './accountReading.js';
import { attribution } from './attribution.js';
import { cautiousRequirement, sliceRequirement, type Require } from './cautiousRequirement.js';
import { isPublishable, publishedRequirement } from './publishedRequirement.js';
import type { Requirement } from '../risk/requirement.js';
import type { RiskBook } from '../risk/riskBook.js';
import { riskAccountMargin, unknownAccount } from './riskAccountMargin.js';
import type { RiskModel } from './riskModel.js';
import { riskVenueMargin } from './riskVenueMargin.js';
import { scenarioOutcomes, worstOutcomes } from './scenarioOutcomes.js';

export const riskMargin = <Rules>(model: RiskModel<Rules>): MarginModel<Rules> => ({
  name: model.name,
  evaluate: (book, market, parameters) => {
    const { reading, require } = prepared(model, book, market, parameters);
    return evaluation(model.name, book, market, parameters, reading, require);
  },
  surplus: (book, market, { limits, rules }) => {
    const reading = accountReading(book, market, limits, model.collateralRules(rules));
    return surplus(reading, (risk) => model.maintenanceMargin(risk, rules));
  },
  explain: (book, market, parameters) => {
    const { reading, require } = prepared(model, book, market, parameters);
    return reading.venues.some((venue) => venue.kind === 'unknown')
      ? null
      : explanation(reading, require);
  },
});

function prepared<Rules>(
  model: RiskModel<Rules>,
  book: AccountBook,
  market: MarketSnapshot,
  { limits, rules }: ParameterSet<Rules>,
): { readonly reading: AccountReading; readonly require: Require } {
  return {
    reading: accountReading(book, market, limits, model.collateralRules(rules)),
    require: (risk) => model.requirement(risk, rules),
  };
}

function evaluation(
  model: string,
  { accountId }: AccountBook,
  { at }: MarketSnapshot,
  parameterSet: ParameterSet<unknown>,
  { venues, risk, silent }: AccountReading,
  require: Require,
): AccountEvaluation {
  const margins = venues.map((venue) => {
    if (venue.kind === 'unknown') return venue;
    const { venueAccountId } = venue.valuation;
    const slice = publishedRequirement(sliceRequirement(risk, venueAccountId, require));
    return slice === null
      ? absurdVenue(venueAccountId)
      : riskVenueMargin(venue, risk.book.lines, slice);
  });
  const unknown = margins.filter((venue) => venue.kind === 'unknown');
  if (unknown.length > 0) return { account: unknownAccount(accountId, unknown), venues: margins };
  const known = margins.filter((venue) => venue.kind === 'known');
  const requirement = publishedRequirement(cautiousRequirement(risk, silent, require));
  const account =
    requirement === null
      ? unknownAccount(
          accountId,
          known.map(({ venueAccountId }) => absurdVenue(venueAccountId)),
        )
      : riskAccountMargin({ accountId, model, parameterSet, at }, known, requirement);
  return { account, venues: margins };
}

/** Equity over the maintenance margin of the account; null where one of them is unknown. */
function surplus(
  { venues, risk, silent }: AccountReading,
  maintenanceOf: (book: RiskBook) => Requirement,
): number | null {
  const known = venues.filter((venue) => venue.kind === 'known');
  if (known.length < venues.length) return null;
  const { maintenanceMargin } = cautiousRequirement(risk, silent, (book) => {
    const margin = maintenanceOf(book);
    return { initialMargin: margin, maintenanceMargin: margin, scenarios: [] };
  });
  if (!isPublishable(maintenanceMargin)) return null;
  const equity = sum(
    known.flatMap(({ valuation: { collateral, positions } }) => [
      ...collateral.map(({ creditedValue }) => creditedValue),
      ...positions.flatMap(({ unrealizedPnl, optionValue }) => [unrealizedPnl, optionValue]),
    ]),
  );
  return toFloat(equity) - maintenanceMargin.amount;
}

/** Null where no amount could be published. */
function explanation({ risk, silent }: AccountReading, require: Require): MarginExplanation | null {
  const requirement = cautiousRequirement(risk, silent, require);
  const published = publishedRequirement(requirement);
  return (
    published && {
      initialMargin: published.initialMargin.part,
      maintenanceMargin: published.maintenanceMargin.part,
      attribution: attribution(risk.book.lines, published),
      scenarios: scenarioOutcomes(requirement.scenarios),
      worstScenarios: worstOutcomes(requirement.scenarios),
    }
  );
}
