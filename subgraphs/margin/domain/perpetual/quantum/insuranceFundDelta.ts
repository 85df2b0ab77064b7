/** What a liquidation that was filled pays to the insurance fund, or takes from it. */

import { absolute, quotientFloor, PARTS_PER_MILLION } from './integerQuotient.js';

export interface LiquidationFill {
  /** Quote quantums that the account got, negative when it paid: of a sale and of a purchase. */
  readonly quoteQuantums: bigint;
  /** Of the same size (`quantumBankruptcyPrice`). */
  readonly bankruptcyQuoteQuantums: bigint;
  /** The most that the fund takes, ppm of what was traded. */
  readonly liquidationFeePpmMax: bigint;
}

/**
 * Quote quantums: positive to the fund, at most the fee; negative from the fund, when the fill is
 * worse than bankruptcy, in full. The cap on the fee is cut to a whole quantum.
 */
export function insuranceFundDelta(fill: LiquidationFill): bigint {
  const { quoteQuantums, bankruptcyQuoteQuantums, liquidationFeePpmMax } = fill;
  const surplus = quoteQuantums - bankruptcyQuoteQuantums;
  const most = quotientFloor(absolute(quoteQuantums) * liquidationFeePpmMax, PARTS_PER_MILLION);
  return surplus > most ? most : surplus;
}
