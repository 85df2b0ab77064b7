/** Both levels of a requirement as they are published: exact, and in their order. */

import { isLess } from '../../../shared/units.js';
import type { RequirementPart } from '../marginModel.js';
import type { Requirement } from '../risk/requirement.js';
import { exactRequirement } from './exactRequirement.js';
import type { RiskRequirement } from './riskModel.js';

export interface PublishedRequirement {
  readonly initialMargin: PublishedLevel;
  readonly maintenanceMargin: PublishedLevel;
}

export interface PublishedLevel {
  readonly part: RequirementPart;
  /** By line of the book, in float64. */
  readonly shares: Float64Array;
}

/** A tenth of what plain notation holds, so that sums fit as well. */
const PUBLISHABLE_MAX = 1e19;

/** Null for a requirement beyond 10¹⁹ dollars, in all or in some part: more than all there are. */
export function publishedRequirement(of: RiskRequirement): PublishedRequirement | null {
  const { initialMargin, maintenanceMargin, scenarios } = of;
  const profits = scenarios.flatMap((underlying) => underlying.scenarios);
  return isPublishable(initialMargin) &&
    isPublishable(maintenanceMargin) &&
    profits.every(({ profit }) => isSmall(profit))
    ? exactLevels(of)
    : null;
}

/** Whether every amount of the tree is within what can be published. */
export const isPublishable = ({ amount, shares, parts }: Requirement): boolean =>
  isSmall(amount) && shares.every(isSmall) && parts.every(isPublishable);

const isSmall = (amount: number) => Math.abs(amount) < PUBLISHABLE_MAX;

function exactLevels(of: RiskRequirement): PublishedRequirement {
  const maintenanceMargin = published(of.maintenanceMargin);
  const initialMargin = published(of.initialMargin);
  if (!isLess(initialMargin.part.amount, maintenanceMargin.part.amount)) {
    return { initialMargin, maintenanceMargin };
  }
  // Equal but for the rounding of their leaves.
  const part: RequirementPart = {
    code: 'FLOOR',
    of: null,
    operation: 'LARGEST',
    factor: null,
    amount: maintenanceMargin.part.amount,
    detail: null,
    parts: [initialMargin.part, maintenanceMargin.part],
  };
  return { initialMargin: { ...initialMargin, part }, maintenanceMargin };
}

const published = (of: Requirement): PublishedLevel => ({
  part: exactRequirement(of),
  shares: of.shares,
});
