/** A margin model over the standard rules: what standard and isolated margin have in common. */

import { isLess, subtract, toFloat, usd, type Usd } from '../../../shared/units.js';
import { absurdVenue } from '../account/absurdVenue.js';
import type { AccountBook } from '../account/accountBook.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import { orderedBook } from '../account/orderedBook.js';
import { worstQuality } from '../account/quality.js';
import { venueValuation } from '../account/venueValuation.js';
import type { AccountMargin, MarginModel, Unknown } from '../marginModel.js';
import { marginTotals, summedTotals } from '../marginTotals.js';
import type { ParameterSet } from '../parameterSet.js';
import { sortedUnique } from '../textOrder.js';
import { mergedBook } from './chargedPosition.js';
import { amountOf } from './exactRequirement.js';
import type { MarginPair } from './marginPair.js';
import { standardBook } from './standardBook.js';
import { standardExplanation } from './standardExplanation.js';
import { bookRequirement } from './bookRequirement.js';
import type { StandardRules } from './standardRules.js';
import { venueSlice, type Counted, type VenueSlice } from './venueSlice.js';

/** How a model departs from the rules of its parameter set. */
export interface Architecture {
  readonly name: string;
  readonly rulesOf: (rules: StandardRules) => StandardRules;
  /** @param alone What the position requires alone. */
  readonly counted: (pnl: Usd, alone: MarginPair) => Counted;
}

export const rulesModel = (architecture: Architecture): MarginModel<StandardRules> => ({
  name: architecture.name,
  evaluate(book, market, parameters) {
    const slices = slicesOf(book, market, parameters, architecture);
    return {
      account: accountMargin(book, market.at, parameters, slices, architecture),
      venues: slices.map((slice) => (slice.kind === 'known' ? slice.margin : slice)),
    };
  },
  surplus(book, market, parameters) {
    const slices = slicesOf(book, market, parameters, architecture);
    const account = accountMargin(book, market.at, parameters, slices, architecture);
    if (account.kind === 'unknown') return null;
    return toFloat(subtract(account.equity, account.maintenanceMargin));
  },
  explain(book, market, parameters) {
    const slices = slicesOf(book, market, parameters, architecture);
    const known = slices.filter(isKnown);
    if (known.length < slices.length) return null;
    const { spreads } = architecture.rulesOf(parameters.rules);
    const charged = mergedBook(known.map((slice) => slice.charged));
    const requirement = bookRequirement(charged, spreads);
    return standardExplanation(
      known.map((slice) => slice.book),
      requirement,
    );
  },
});

/** A tenth of what plain notation holds, so that sums fit as well. */
const REQUIREMENT_MAX = usd('10000000000000000000');

type Slices = readonly (VenueSlice | Unknown)[];

const isKnown = (slice: VenueSlice | Unknown): slice is VenueSlice => slice.kind === 'known';

function slicesOf(
  book: AccountBook,
  market: MarketSnapshot,
  { limits, rules: given }: ParameterSet<StandardRules>,
  { rulesOf, counted }: Architecture,
): Slices {
  const rules = rulesOf(given);
  return orderedBook(book).venues.map((venue) => {
    const valuation = venueValuation(venue, market, limits);
    if (valuation.kind === 'unknown') return valuation;
    const slice = venueSlice(valuation, standardBook(valuation, market, rules), rules, counted);
    const { initialMargin } = slice.margin;
    return isLess(initialMargin, REQUIREMENT_MAX) ? slice : absurdVenue(valuation.venueAccountId);
  });
}

/** Whole or unknown: one venue that is not known leaves the account unknown. */
function accountMargin(
  { accountId }: AccountBook,
  at: Date,
  { name, hash, rules }: ParameterSet<StandardRules>,
  slices: Slices,
  architecture: Architecture,
): AccountMargin | Unknown {
  const unknown = slices.filter((slice) => !isKnown(slice));
  if (unknown.length > 0) return unknownAccount(accountId, unknown);
  const known = slices.filter(isKnown);
  const margins = known.map(({ margin }) => margin);
  const inputs = margins.map(({ oldestInput }) => oldestInput.getTime());
  return {
    kind: 'known',
    accountId,
    model: architecture.name,
    parameterSet: { name, hash },
    // Nothing went in where no venue is linked: then the result is as new as its evaluation.
    asOf: inputs.length === 0 ? at : new Date(Math.min(...inputs)),
    quality: worstQuality(margins.map(({ quality }) => quality)),
    reasons: sortedUnique(margins.flatMap(({ reasons }) => reasons)),
    ...marginTotals({
      ...summedTotals(margins),
      ...offsetOverVenues(known, architecture.rulesOf(rules)),
    }),
    venues: margins,
  };
}

/** Empty where requirements of venues just add up: no two of them hold options. */
function offsetOverVenues(slices: readonly VenueSlice[], rules: StandardRules) {
  const withOptions = slices.filter(({ book }) =>
    book.positions.some(({ kind }) => kind === 'OPTION'),
  );
  if (rules.spreads === null || withOptions.length < 2) return {};
  const charged = mergedBook(slices.map((slice) => slice.charged));
  const { initialMargin, maintenanceMargin } = bookRequirement(charged, rules.spreads);
  return {
    initialMargin: amountOf(initialMargin),
    maintenanceMargin: amountOf(maintenanceMargin),
  };
}

const unknownAccount = (accountId: string, slices: readonly Unknown[]): Unknown => ({
  kind: 'unknown',
  id: accountId,
  unpriced: sortedUnique(slices.flatMap(({ unpriced }) => unpriced)),
  venues: slices.flatMap(({ venues }) => venues),
});
