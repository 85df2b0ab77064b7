import { isLess, isPositive, ratioFloor } from '../../shared/units.js';
import type { Quantity, Ratio } from '../../shared/units.js';
import type { ResponseNode } from './responseNode.js';

export interface Requirements {
  readonly initialMargin: Quantity;
  readonly maintenanceMargin: Quantity;
}

/** Both requirements of one margin pool; refused when they contradict each other. */
export function requirements(initial: ResponseNode, maintenance: ResponseNode): Requirements {
  const initialMargin = initial.nonNegativeQuantity();
  const maintenanceMargin = maintenance.nonNegativeQuantity();
  if (isLess(initialMargin, maintenanceMargin)) {
    throw initial.refusal(
      `${initial.source()} is below the maintenance margin of ${maintenance.source()}`,
    );
  }
  return { initialMargin, maintenanceMargin };
}

/** Equity ÷ maintenance margin, rounded down; null when nothing is required. */
export const ratioOf = (equity: Quantity, maintenanceMargin: Quantity): Ratio | null =>
  isPositive(maintenanceMargin) ? ratioFloor(equity, maintenanceMargin) : null;
