/**
 * Who gives up a profitable position when a loss finds no other payer (automatic deleveraging): the
 * most profitable and most leveraged first. Float64. Source: learn.bluefin.io, «ADL».
 */

import { requireAboveZero, requireAtLeastZero, requireFinite } from './invalidInput.js';
import { byText } from '../textOrder.js';

export interface DeleveragingCandidate {
  readonly id: string;
  /** Size on the side that is closed, unsigned. */
  readonly size: number;
  /** Unrealized profit ÷ margin. */
  readonly profitShare: number;
  /** Equity ÷ value. */
  readonly marginRatio: number;
}

export interface Deleveraged {
  readonly id: string;
  readonly size: number;
}

/** max(0, profit share) ÷ max(maintenance rate, margin ratio): the higher, the earlier. Zero at a loss. */
export function deleveragingRank(
  { profitShare, marginRatio }: Pick<DeleveragingCandidate, 'profitShare' | 'marginRatio'>,
  maintenanceRate: number,
): number {
  requireFinite('profitShare', profitShare);
  requireFinite('marginRatio', marginRatio);
  requireAboveZero('maintenanceRate', maintenanceRate);
  return Math.max(0, profitShare) / Math.max(maintenanceRate, marginRatio);
}

/** Highest rank first; equal ranks by id, so that the order does not depend on who was listed first. */
export const deleveragingQueue = (
  candidates: readonly DeleveragingCandidate[],
  maintenanceRate: number,
): readonly DeleveragingCandidate[] =>
  candidates
    .map((candidate) => ({ candidate, rank: deleveragingRank(candidate, maintenanceRate) }))
    .sort((a, b) => b.rank - a.rank || byText(a.candidate.id, b.candidate.id))
    .map(({ candidate }) => candidate);

/**
 * Takes `size` from the queue in its order, never more of anyone than there is. The sum is `size`, or
 * all that the queue has.
 */
export function deleveraged(
  size: number,
  queue: readonly DeleveragingCandidate[],
): readonly Deleveraged[] {
  requireAtLeastZero('size', size);
  let left = size;
  const taken: Deleveraged[] = [];
  for (const { id, size: held } of queue) {
    requireAtLeastZero('size', held);
    const part = Math.min(left, held);
    if (part > 0) taken.push({ id, size: part });
    left -= part;
  }
  return taken;
}
