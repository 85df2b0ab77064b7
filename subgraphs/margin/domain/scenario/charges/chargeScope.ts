import type { RiskBook, UnderlyingRisk } from '../../risk/riskBook.js';

/** What a charge may look at: one underlying, and the book that numbers its lines. */
export interface ChargeScope {
  readonly book: RiskBook;
  readonly underlying: UnderlyingRisk;
}
