/** The numbers of the sensitivity-based model for an account of coins, futures and options. */

import type { CollateralRules } from '../scenario/collateralRules.js';
import type { SensitivityRules } from './sensitivityRules.js';
import type { TenorVertex } from './tenorShares.js';

export interface BookSensitivityRules {
  readonly collateral: CollateralRules;
  /**
   * The same weights under different correlations across buckets: as calibrated, and as they turn
   * in a crisis. The margin is the largest; there is at least one.
   */
  readonly correlations: readonly {
    /** Upper case, such as CALIBRATED. */
    readonly name: string;
    readonly rules: SensitivityRules;
  }[];
  /** Buckets by ticker of the underlying; `others` for the rest. */
  readonly byTicker: ReadonlyMap<string, string>;
  readonly others: string;
  /** Of each bucket: the move of prices that deltas are weighed with, in per cent. */
  readonly moves: ReadonlyMap<string, number>;
  /** Calendar days of the margin period, in which such a move may happen. */
  readonly horizonDays: number;
  /** Where forwards and volatilities are measured; the first delta vertex stands for the spot. */
  readonly deltaTenors: readonly TenorVertex[];
  readonly vegaTenors: readonly TenorVertex[];
  /** What maintenance asks of the margin: 0.8. In 0…1. */
  readonly maintenanceShare: number;
}
