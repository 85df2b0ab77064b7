/** The numbers that a result is computed with: data, named, versioned and hashed. */

import type { Ratio } from '../../shared/units.js';

/** `Rules` are those of one model; the rest holds for every model. */
export interface ParameterSet<Rules> {
  /** Name and version, such as standard-1. */
  readonly name: string;
  /** SHA-256 of the canonical JSON of its file, hexadecimal. */
  readonly hash: string;
  readonly ladder: LadderLevels;
  readonly limits: InputLimits;
  readonly rules: Rules;
}

/** Margin ratios, rising: liquidate < call < close < warn < clear. */
export interface LadderLevels {
  readonly liquidate: Ratio;
  readonly call: Ratio;
  readonly close: Ratio;
  readonly warn: Ratio;
  readonly clear: Ratio;
}

/** How far inputs are trusted, and what stands in for one that is missing. */
export interface InputLimits extends AgeLimits {
  /**
   * A year's volatility that the float64 models revalue a short option with where nothing tells its
   * own: 3 is 300 %. Null where the set has none: then the margin of such an option is not known.
   */
  readonly missingVolatility: number | null;
}

export interface AgeLimits {
  /** A price older than this is used, but STALE. */
  readonly priceAgeMsMax: number;
  /** How long a STALE venue's collateral and gains still count. */
  readonly staleCollateralGraceMs: number;
}
