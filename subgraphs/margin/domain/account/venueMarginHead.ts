/** What every model says alike of a venue's slice: whose it is, how old, and how far to be trusted. */

import type { MarginTotals, VenueMargin } from '../marginModel.js';
import { sortedUnique } from '../textOrder.js';
import { worstQuality } from './quality.js';
import type { VenueValuation } from './venueValuation.js';

type Inputs = Pick<
  VenueValuation,
  'venueAccountId' | 'collateral' | 'findings' | 'asOf' | 'oldestInput'
>;

/** A venue's margin but for its amounts and positions; `findings` become its quality and reasons. */
export const venueMarginHead = ({
  venueAccountId,
  collateral,
  findings,
  asOf,
  oldestInput,
}: Inputs): Omit<VenueMargin, keyof MarginTotals | 'positions'> => ({
  kind: 'known',
  venueAccountId,
  asOf,
  oldestInput,
  quality: worstQuality(findings.map(({ quality }) => quality)),
  reasons: sortedUnique(findings.map(({ reason }) => reason)),
  collateral,
});
