/** What one line of an account is exposed to, before the lines are numbered. */

import type { Finding } from '../account/quality.js';
import type { CollateralRisk, FutureRisk, OptionRisk, RiskLine } from '../risk/riskBook.js';

/** The line's place and the expiry's are still to come. */
type Unplaced<Risk> = Omit<Risk, 'line' | 'expiry'>;

export type Exposure = {
  readonly line: RiskLine;
  readonly underlying: string;
} & (
  | {
      readonly kind: 'FUTURE';
      readonly risk: Unplaced<FutureRisk>;
      readonly expiry: Date | null;
      /** Of the contract's own feed. */
      readonly confidence: number;
    }
  | {
      readonly kind: 'OPTION';
      readonly risk: Unplaced<OptionRisk>;
      readonly expiry: Date;
      /** See `OptionView.unvouchedValue`. */
      readonly unvouchedValue: number;
    }
  | { readonly kind: 'COLLATERAL'; readonly risk: Unplaced<CollateralRisk> }
);

/** Takes note of what keeps a result from being LIVE. */
export type Note = (quality: Finding['quality'], reason: string) => void;
