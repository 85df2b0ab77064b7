/** The plain numbers of a parameter set of the sensitivity-based model. */

import type { CollateralRules } from '../scenario/collateralRules.js';
import type { TenorVertex } from './tenorShares.js';

/** As a parameter file states them. */
export interface BookRuleNumbers {
  readonly collateral: CollateralRules;
  readonly horizonDays: number;
  readonly maintenanceShare: number;
  readonly buckets: ReadonlyMap<string, BucketNumbers>;
  /** The bucket of tickers in no list. */
  readonly others: string;
  readonly delta: MeasureNumbers;
  readonly vega: MeasureNumbers;
  readonly stresses: readonly {
    readonly name: string;
    /** In 0…1, where it is possible for any number of buckets. */
    readonly acrossBuckets: number;
  }[];
}

export interface BucketNumbers {
  readonly tickers: readonly string[];
  /** Per cent, of the margin period. */
  readonly move: number;
  /** USD of one ticker from which its concentration counts. */
  readonly deltaConcentrationUsd: number;
  /** Shares of the volatility, by vega tenor. */
  readonly vegaWeights: Readonly<Record<string, number>>;
  /** Volatility × vega, in USD. */
  readonly vegaConcentrationUsd: number;
  readonly curvatureMultiplier: number;
  /** Correlation of two tickers; in 0…1, where it is possible for any number of them. */
  readonly otherNames: number;
}

export interface MeasureNumbers {
  readonly tenors: readonly TenorVertex[];
  readonly acrossTenors: Correlations;
  readonly acrossBuckets: Correlations;
}

/** By both names, each pair once. */
export type Correlations = Readonly<Record<string, Readonly<Record<string, number>>>>;
