/** What trades add to a requirement: that after them less that before. */

import { subtract, type Usd } from '../../../shared/units.js';
import type { Evaluate, Inputs } from './evaluate.js';
import type { Trade } from './hypotheticalChange.js';
import { hypotheticalInputs } from './hypotheticalInputs.js';

/** Negative where the trades lower the requirement, as a hedge does. */
export interface IncrementalMargin {
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

/** Null while the margin is unknown before or after. Throws ChangeError. */
export function incrementalMargin(
  evaluate: Evaluate,
  inputs: Inputs,
  trades: readonly Trade[],
): IncrementalMargin | null {
  const before = evaluate(inputs.book, inputs.market).account;
  const traded = hypotheticalInputs(inputs, trades);
  const after = evaluate(traded.book, traded.market).account;
  if (before.kind === 'unknown' || after.kind === 'unknown') return null;
  return {
    initialMargin: subtract(after.initialMargin, before.initialMargin),
    maintenanceMargin: subtract(after.maintenanceMargin, before.maintenanceMargin),
  };
}
