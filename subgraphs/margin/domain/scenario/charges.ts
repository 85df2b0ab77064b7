/** Charges beside the scan (to be built by the owner of the charges). */

import type { Requirement } from '../risk/requirement.js';
import type { RiskBook, UnderlyingRisk } from '../risk/riskBook.js';

export interface Charge {
  readonly kind: 'NONE';
}

/** What a charge may look at. */
export interface ChargeScope {
  readonly book: RiskBook;
  readonly underlying: UnderlyingRisk;
}

export declare function chargeRequirement(
  code: string,
  charge: Charge,
  scope: ChargeScope,
): Requirement;
