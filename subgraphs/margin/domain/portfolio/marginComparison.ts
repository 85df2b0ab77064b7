/** An account under each architecture side by side, and whether it may change from one to another. */

import { isNegative, negate, type Usd } from '../../../shared/units.js';
import type { AccountEvaluation, Unknown } from '../marginModel.js';
import type { Evaluate, Inputs } from './evaluate.js';
import { liquidationPrices, type LiquidationPrices } from './liquidationPrices.js';

/**
 * ISOLATED: each position stands alone, without offsets, and one's gains do not pay another's
 * losses. CROSS: one pool of equity against the sum of rule-based requirements. PORTFOLIO: one pool
 * against the risk of the whole.
 */
export type Architecture = 'ISOLATED' | 'CROSS' | 'PORTFOLIO';

export const ARCHITECTURES: readonly Architecture[] = ['ISOLATED', 'CROSS', 'PORTFOLIO'];

export interface ArchitectureMargin {
  readonly architecture: Architecture;
  readonly evaluation: AccountEvaluation;
  readonly liquidationPrices: readonly LiquidationPrices[];
}

/** In the order of `ARCHITECTURES`. A portfolio margin may be the higher one. */
export const marginComparison = (
  inputs: Inputs,
  models: Readonly<Record<Architecture, Evaluate>>,
): readonly ArchitectureMargin[] =>
  ARCHITECTURES.map((architecture) => ({
    architecture,
    evaluation: models[architecture](inputs.book, inputs.market),
    liquidationPrices: liquidationPrices(models[architecture], inputs),
  }));

export type SwitchOutcome =
  | { readonly kind: 'ALLOWED' }
  | {
      readonly kind: 'REFUSED';
      readonly reason: 'BELOW_INITIAL_MARGIN';
      /** Equity that the target's initial margin lacks, above zero. */
      readonly shortfall: Usd;
    }
  /** Until it is known, nothing changes. */
  | { readonly kind: 'UNKNOWN'; readonly unknown: Unknown };

/** Whether an account may change to the architecture that `target` is the evaluation under. */
export function switchOutcome({ account }: AccountEvaluation): SwitchOutcome {
  if (account.kind === 'unknown') return { kind: 'UNKNOWN', unknown: account };
  const { freeCollateral } = account;
  return isNegative(freeCollateral)
    ? { kind: 'REFUSED', reason: 'BELOW_INITIAL_MARGIN', shortfall: negate(freeCollateral) }
    : { kind: 'ALLOWED' };
}
