/** Whether an account may change from one architecture to another. */

import { isNegative, negate, type Usd } from '../../../shared/units.js';
import type { AccountEvaluation, Unknown } from '../marginModel.js';

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
