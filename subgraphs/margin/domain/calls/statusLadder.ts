/**
 * Where an account stands by its margin ratio, with hysteresis: each status is left at a better
 * level than it is entered at, so a ratio that moves between the two changes nothing.
 */

import { isLess, type Ratio } from '../../../shared/units.js';
import type { LadderLevels } from '../parameterSet.js';

/** See `MarginStatus` in schema.graphql. */
export type MarginStatus = 'HEALTHY' | 'WARNING' | 'CALL' | 'LIQUIDATION';

export interface StatusStep {
  readonly previousStatus: MarginStatus;
  readonly status: MarginStatus;
}

/** The steps to where `marginRatio` belongs, one rung each; null means that nothing is required. */
export function statusSteps(
  from: MarginStatus,
  marginRatio: Ratio | null,
  levels: LadderLevels,
): readonly StatusStep[] {
  const status = nextStatus(from, marginRatio, levels);
  // Ends after three rungs at most: with levels in order, no ratio leads down and up again.
  return status === from
    ? []
    : [{ previousStatus: from, status }, ...statusSteps(status, marginRatio, levels)];
}

function nextStatus(
  status: MarginStatus,
  marginRatio: Ratio | null,
  levels: LadderLevels,
): MarginStatus {
  const isBelow = (level: Ratio) => marginRatio !== null && isLess(marginRatio, level);
  switch (status) {
    case 'HEALTHY':
      return isBelow(levels.warn) ? 'WARNING' : 'HEALTHY';
    case 'WARNING':
      if (isBelow(levels.call)) return 'CALL';
      return isBelow(levels.clear) ? 'WARNING' : 'HEALTHY';
    case 'CALL':
      if (isBelow(levels.liquidate)) return 'LIQUIDATION';
      return isBelow(levels.close) ? 'CALL' : 'WARNING';
    case 'LIQUIDATION':
      return isBelow(levels.close) ? 'LIQUIDATION' : 'CALL';
  }
}
