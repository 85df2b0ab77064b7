/** What a unified account may still do at its margin ratio (Binance unified account class). */

import { isLess, type Ratio } from '../../../shared/units.js';
import { isWithoutRisk, type UniMargin } from './uniMarginRatio.js';

/** Margin ratios, rising; each belongs to the state below it. Dated data of the venue. */
export interface UniMarginLevels {
  readonly claim: Ratio;
  readonly liquidate: Ratio;
  readonly restrict: Ratio;
  readonly notice: Ratio;
}

/**
 * From the best to the worst: nothing to fear; a warning; no new orders; orders and positions are
 * closed; the venue's claim on everything that is left.
 */
export type UniMarginState = 'FREE' | 'NOTICE' | 'NO_NEW_ORDERS' | 'LIQUIDATION' | 'CLAIM';

/** An account that owes more than it has is at the last step, with a requirement or without. */
export function uniMarginState(margin: UniMargin, levels: UniMarginLevels): UniMarginState {
  if (isWithoutRisk(margin)) return 'FREE';
  const { ratio } = margin;
  if (ratio === null || !isLess(levels.claim, ratio)) return 'CLAIM';
  if (!isLess(levels.liquidate, ratio)) return 'LIQUIDATION';
  if (!isLess(levels.restrict, ratio)) return 'NO_NEW_ORDERS';
  return isLess(levels.notice, ratio) ? 'FREE' : 'NOTICE';
}
