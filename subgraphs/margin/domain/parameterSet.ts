/** The numbers that a result is computed with: data, named, versioned and hashed. */

import type { Ratio } from '../../shared/units.js';

/** `Rules` are those of one model; the rest holds for every model. */
export interface ParameterSet<Rules> {
  /** Name and version, such as standard-1. */
  readonly name: string;
  /** SHA-256 of the canonical JSON of its file, hexadecimal. */
  readonly hash: string;
  readonly ladder: LadderLevels;
  readonly limits: AgeLimits;
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

export interface AgeLimits {
  /** A price older than this is used, but STALE. */
  readonly priceAgeMsMax: number;
  /** How long a STALE venue's collateral and gains still count. */
  readonly staleCollateralGraceMs: number;
}
