/** What the venue's own changes to positions have in common: two accounts, a size, their margin rules. */

import { InvalidInput } from '../../liquidation/invalidInput.js';
import type { Fixed } from './fixed.js';
import type { IsolatedMarket } from './isolatedMarket.js';
import { refused, type LedgerRefusal } from './isolatedLedger.js';
import type { IsolatedPosition } from './isolatedPosition.js';
import { marginRefusal } from './marginRule.js';

export interface ForcedChange {
  readonly accountId: string;
  readonly before: IsolatedPosition;
  readonly after: IsolatedPosition;
}

/** Throws InvalidInput unless the size is positive and the two accounts differ. */
export function requireForced(field: string, takerId: string, ownerId: string, size: Fixed): void {
  if (size <= 0n) throw new InvalidInput('size', size, 'above zero');
  if (takerId === ownerId) throw new InvalidInput(field, takerId, 'another account');
}

/** The first change that the margin rules forbid; null when all may be. */
export function forcedRefusal(
  market: IsolatedMarket,
  oraclePrice: Fixed,
  changes: readonly ForcedChange[],
): LedgerRefusal | null {
  for (const { accountId, before, after } of changes) {
    const reason = marginRefusal(market, { before, after, oraclePrice, isForced: true });
    if (reason) return refused(accountId, reason);
  }
  return null;
}
