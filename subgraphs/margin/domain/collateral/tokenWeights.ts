/** What a token counts for as collateral and as debt, once the venue holds or lends much of it. */

import { requireAboveZero, requireAtLeastZero } from '../liquidation/invalidInput.js';

export interface TokenTerms {
  readonly price: number;
  /** Before scaling, 0 to 1. */
  readonly assetWeight: number;
  /** Before scaling, 1 and above. */
  readonly liabilityWeight: number;
  /** The venue's deposits above which they count for less; null without a limit. */
  readonly depositLimit: CollateralLimit | null;
  /** The venue's loans above which they count for more; null without a limit. */
  readonly borrowLimit: CollateralLimit | null;
}

export interface CollateralLimit {
  /** Units that all accounts together hold or owe. */
  readonly total: number;
  /** Worth of the total from which the weight is scaled, in the currency of the prices. */
  readonly scaleStart: number;
}

/**
 * The asset weight falls as start ÷ worth of all deposits once that is above the start, and the
 * liability weight rises as worth of all loans ÷ start: what cannot be sold at once is less safe.
 */
export function tokenWeights(terms: TokenTerms): {
  readonly assetWeight: number;
  readonly liabilityWeight: number;
} {
  const { price, depositLimit, borrowLimit } = terms;
  requireAtLeastZero('assetWeight', terms.assetWeight);
  requireAtLeastZero('liabilityWeight', terms.liabilityWeight);
  return {
    assetWeight: terms.assetWeight / crowding(price, depositLimit, 'depositLimit'),
    liabilityWeight: terms.liabilityWeight * crowding(price, borrowLimit, 'borrowLimit'),
  };
}

/** How many times the start the total is worth; at least 1. */
function crowding(price: number, limit: CollateralLimit | null, field: string): number {
  if (limit === null) return 1;
  requireAtLeastZero(`${field}.total`, limit.total);
  requireAboveZero(`${field}.scaleStart`, limit.scaleStart);
  return Math.max(1, (limit.total * price) / limit.scaleStart);
}
