/** What other numbers would make of an account's margin, before they come into force. */

import { subtract, type Usd } from '../../../shared/units.js';
import type { AccountEvaluation } from '../marginModel.js';
import type { Evaluate, Inputs } from './evaluate.js';

export interface MarginImpact {
  readonly before: AccountEvaluation;
  readonly after: AccountEvaluation;
  /** After less before; null while either is unknown. */
  readonly difference: MarginDifference | null;
}

export interface MarginDifference {
  readonly equity: Usd;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
  readonly freeCollateral: Usd;
}

/** The same inputs under two sets of parameters. */
export const parameterImpact = (
  { book, market }: Inputs,
  current: Evaluate,
  candidate: Evaluate,
): MarginImpact => marginImpact(current(book, market), candidate(book, market));

export function marginImpact(before: AccountEvaluation, after: AccountEvaluation): MarginImpact {
  return { before, after, difference: difference(before, after) };
}

function difference(
  { account: before }: AccountEvaluation,
  { account: after }: AccountEvaluation,
): MarginDifference | null {
  if (before.kind === 'unknown' || after.kind === 'unknown') return null;
  return {
    equity: subtract(after.equity, before.equity),
    initialMargin: subtract(after.initialMargin, before.initialMargin),
    maintenanceMargin: subtract(after.maintenanceMargin, before.maintenanceMargin),
    freeCollateral: subtract(after.freeCollateral, before.freeCollateral),
  };
}
