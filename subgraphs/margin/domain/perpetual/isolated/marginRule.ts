/** Whether a position may become another one at the oracle price. */

import { absolute, sign } from '../quantum/integerQuotient.js';
import { type Fixed } from './fixed.js';
import type { IsolatedMarket } from './isolatedMarket.js';
import { marginRatio, type IsolatedPosition } from './isolatedPosition.js';

/**
 * - `CANNOT_OPEN_OR_FLIP`: below the initial rate no position is opened or turned.
 * - `RATIO_MUST_IMPROVE`: below the initial rate the margin ratio may not fall.
 * - `ONLY_REDUCE`: at or below the maintenance rate the size may not grow.
 * - `RATIO_BELOW_ZERO`: the loss exceeds the margin; only a liquidation or deleveraging may leave it so.
 */
export type MarginRefusal =
  'CANNOT_OPEN_OR_FLIP' | 'RATIO_MUST_IMPROVE' | 'ONLY_REDUCE' | 'RATIO_BELOW_ZERO';

export interface MarginChange {
  readonly before: IsolatedPosition;
  readonly after: IsolatedPosition;
  readonly oraclePrice: Fixed;
  /** Whether the venue, and not its owner, makes the change. */
  readonly isForced: boolean;
}

/** Null when it may; else the first rule that forbids it. */
export function marginRefusal(market: IsolatedMarket, change: MarginChange): MarginRefusal | null {
  const { before, after, oraclePrice } = change;
  const ratio = marginRatio(after, oraclePrice);
  if (ratio >= market.initialMarginRate) return null;
  const staysOnItsSide = sign(before.size) === sign(after.size);
  if (!staysOnItsSide) return 'CANNOT_OPEN_OR_FLIP';
  if (ratio < marginRatio(before, oraclePrice)) return 'RATIO_MUST_IMPROVE';
  const hasGrown = absolute(after.size) > absolute(before.size);
  if (ratio <= market.maintenanceMarginRate && hasGrown) return 'ONLY_REDUCE';
  return ratio < 0n && !change.isForced ? 'RATIO_BELOW_ZERO' : null;
}
