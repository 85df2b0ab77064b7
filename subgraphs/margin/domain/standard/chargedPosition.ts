/** Positions with what each of them is charged alone, worked out once. */

import { balanceDoubts, positionDoubts } from './doubtfulPrices.js';
import type { ExactRequirement } from './exactRequirement.js';
import type { MarginPair } from './marginPair.js';
import { positionRequirement } from './positionRequirement.js';
import type { StandardBook, StandardPosition } from './standardPosition.js';
import type { StandardRules } from './standardRules.js';

export interface ChargedBook {
  readonly positions: readonly ChargedPosition[];
  /** What initial margin adds for balances at doubtful prices. */
  readonly balanceDoubts: readonly ExactRequirement[];
}

export interface ChargedPosition<Position extends StandardPosition = StandardPosition> {
  readonly position: Position;
  /** Neither hedged, nor charged for doubtful prices. */
  readonly alone: MarginPair;
  /** What initial margin adds for doubtful prices. */
  readonly doubts: readonly ExactRequirement[];
}

export const chargedBook = (
  { positions, balances }: StandardBook,
  rules: StandardRules,
): ChargedBook => ({
  positions: positions.map((position) => ({
    position,
    alone: positionRequirement(position, rules),
    doubts: positionDoubts(position, rules),
  })),
  balanceDoubts: balances.flatMap((balance) => balanceDoubts(balance, rules)),
});

/** The books of several venues as one. */
export const mergedBook = (books: readonly ChargedBook[]): ChargedBook => ({
  positions: books.flatMap(({ positions }) => positions),
  balanceDoubts: books.flatMap((book) => book.balanceDoubts),
});
