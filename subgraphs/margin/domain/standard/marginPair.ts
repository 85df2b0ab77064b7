/** The two requirements that everything has: to open it, and to keep it. */

import type { Usd } from '../../../shared/units.js';
import type { ExactRequirement } from './exactRequirement.js';

/** Neither is negative; the initial one is at least the maintenance one. */
export interface MarginPair {
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

/** Which of the two. */
export type MarginKind = keyof MarginPair;

/** The same with what made them. */
export type RequirementPair = Readonly<Record<MarginKind, ExactRequirement>>;

export const forBoth = (make: (kind: MarginKind) => ExactRequirement): RequirementPair => ({
  initialMargin: make('initialMargin'),
  maintenanceMargin: make('maintenanceMargin'),
});
