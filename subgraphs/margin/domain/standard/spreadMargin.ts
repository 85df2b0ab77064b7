/**
 * The standard margin as Derive states it: what is left of a book's equity after its requirement.
 * Negative is a breach. Source: Derive's standard manager.
 */

import { subtract, sum, type Usd } from '../../../shared/units.js';
import { chargedBook } from './chargedPosition.js';
import { amountOf } from './exactRequirement.js';
import type { MarginKind } from './marginPair.js';
import type { StandardBook } from './standardPosition.js';
import { bookRequirement } from './bookRequirement.js';
import type { StandardRules } from './standardRules.js';

export interface SpreadMargin {
  /** What its balances are credited and the profit of its futures; options are not in it. */
  readonly equity: Usd;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

export function spreadMargin(book: StandardBook, rules: StandardRules): SpreadMargin {
  const equity = sum([
    ...book.balances.map(({ creditedValue }) => creditedValue),
    ...book.positions.flatMap((one) => (one.kind === 'FUTURE' ? one.unrealizedPnl : [])),
  ]);
  const requirement = bookRequirement(chargedBook(book, rules), rules.spreads);
  const after = (kind: MarginKind) => subtract(equity, amountOf(requirement[kind]));
  return {
    equity,
    initialMargin: after('initialMargin'),
    maintenanceMargin: after('maintenanceMargin'),
  };
}
