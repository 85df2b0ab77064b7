/** An account read for a float64 model: every venue's exposures, and the book that they make. */

import type { AccountBook } from '../account/accountBook.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import { orderedBook } from '../account/orderedBook.js';
import { venueValuation } from '../account/venueValuation.js';
import type { Unknown } from '../marginModel.js';
import type { InputLimits } from '../parameterSet.js';
import type { CollateralRules } from '../scenario/collateralRules.js';
import { riskBook, type AccountRisk } from './riskBook.js';
import { venueExposures, type VenueExposures } from './venueExposures.js';

export interface AccountReading {
  /** In the order of their ids. */
  readonly venues: readonly (VenueExposures | Unknown)[];
  /** Of the venues that are known: the account's, when all are. */
  readonly risk: AccountRisk;
  /** Venue accounts that have been STALE for longer than the grace. */
  readonly silent: readonly string[];
}

export function accountReading(
  book: AccountBook,
  market: MarketSnapshot,
  limits: InputLimits,
  collateral: CollateralRules,
): AccountReading {
  const venues = orderedBook(book).venues.map((venue) => {
    const valuation = venueValuation(venue, market, limits);
    if (valuation.kind === 'unknown') return valuation;
    return venueExposures(valuation, market, limits, collateral);
  });
  const known = venues.filter((venue) => venue.kind === 'known');
  return {
    venues,
    risk: riskBook(known, market, limits),
    silent: known
      .filter(({ valuation }) => !valuation.isTrusted)
      .map(({ valuation }) => valuation.venueAccountId),
  };
}
