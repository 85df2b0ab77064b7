/**
 * What is missing to keep positions open, under the two architectures that need no risk model.
 * Source: margin architectures, ISOLATED Σ max(0, MMᵢ − Eᵢ) and CROSS max(0, ΣMM − ΣE).
 */

import { larger, subtract, sum, usd, type Usd } from '../../../shared/units.js';

/** One position with the equity that stands behind it alone. */
export interface Backed {
  /** Negative when its losses exceed what was set aside for it. */
  readonly equity: Usd;
  readonly maintenanceMargin: Usd;
}

const NOTHING = usd('0');

/** Each position must keep itself: what one has too much of does not help another. At least 0. */
export const isolatedShortfall = (positions: readonly Backed[]): Usd =>
  sum(positions.map((one) => missing(one.equity, one.maintenanceMargin)));

/** All equity keeps all positions. At least 0, and at most the isolated shortfall. */
export const crossShortfall = (positions: readonly Backed[]): Usd =>
  missing(
    sum(positions.map(({ equity }) => equity)),
    sum(positions.map(({ maintenanceMargin }) => maintenanceMargin)),
  );

const missing = (equity: Usd, required: Usd): Usd => larger(subtract(required, equity), NOTHING);
