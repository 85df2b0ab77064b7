/** What the owner of an isolated position does to its margin, and to its leverage. */

import { absolute, quotientCeil, quotientFloor } from '../quantum/integerQuotient.js';
import { larger, ONE, type Fixed } from './fixed.js';
import type { IsolatedMarket } from './isolatedMarket.js';
import { marginShareOf, type IsolatedPosition } from './isolatedPosition.js';
import {
  accountOf,
  refused,
  settled,
  type IsolatedLedger,
  type LedgerChange,
  type LedgerRefusal,
} from './isolatedLedger.js';
import { marginRefusal } from './marginRule.js';

/** Who changes, and the price at which the position is judged. */
export interface MarginOwner {
  readonly accountId: string;
  readonly oraclePrice: Fixed;
}

/** Moves `amount` from the bank to the position. */
export function marginAdded(
  ledger: IsolatedLedger,
  { accountId }: MarginOwner,
  amount: Fixed,
): LedgerChange | LedgerRefusal {
  const { position } = accountOf(ledger, accountId);
  if (amount <= 0n) return refused(accountId, 'AMOUNT_NOT_POSITIVE');
  if (position.size === 0n) return refused(accountId, 'NO_POSITION');
  return withMargin(ledger, accountId, { ...position, margin: position.margin + amount });
}

/** Moves `amount` back to the bank, at most `removableMargin`. */
export function marginRemoved(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  { accountId, oraclePrice }: MarginOwner,
  amount: Fixed,
): LedgerChange | LedgerRefusal {
  const { position } = accountOf(ledger, accountId);
  if (amount <= 0n) return refused(accountId, 'AMOUNT_NOT_POSITIVE');
  if (position.size === 0n) return refused(accountId, 'NO_POSITION');
  if (amount > removableMargin(position, oraclePrice)) {
    return refused(accountId, 'MARGIN_NOT_REMOVABLE');
  }
  const after = { ...position, margin: position.margin - amount };
  return judged(ledger, market, { accountId, oraclePrice }, after);
}

/** Brings the margin to what the position would have if it were opened so at the oracle price. */
export function leverageAdjusted(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  { accountId, oraclePrice }: MarginOwner,
  leverage: Fixed,
): LedgerChange | LedgerRefusal {
  const { position } = accountOf(ledger, accountId);
  const marginShare = marginShareOf(leverage);
  if (marginShare === null) return refused(accountId, 'LEVERAGE_BELOW_ONE');
  // A flat account has no leverage yet: its next trade says which.
  if (position.size === 0n) return withMargin(ledger, accountId, position);
  const margin = leastMargin(position, oraclePrice, marginShare);
  const after = { ...position, margin, marginShare };
  return judged(ledger, market, { accountId, oraclePrice }, after);
}

/** What can go without the margin ratio falling below 1 ÷ leverage; never negative. */
export const removableMargin = (position: IsolatedPosition, oraclePrice: Fixed): Fixed =>
  larger(0n, position.margin - leastMargin(position, oraclePrice, position.marginShare));

/** The margin at which the margin ratio is `marginShare`, toward +∞; zero where a profit suffices. */
function leastMargin(position: IsolatedPosition, price: Fixed, marginShare: Fixed): Fixed {
  const { size, entryNotional } = position;
  // Times 10⁵⁴, so that one division rounds.
  const value = absolute(size) * price;
  const least =
    size > 0n
      ? entryNotional - quotientFloor(value * (ONE - marginShare), ONE * ONE)
      : quotientCeil(value * (ONE + marginShare), ONE * ONE) - entryNotional;
  return larger(0n, least);
}

/** Refused where the margin rules forbid it. */
function judged(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  { accountId, oraclePrice }: MarginOwner,
  after: IsolatedPosition,
): LedgerChange | LedgerRefusal {
  const before = accountOf(ledger, accountId).position;
  const reason = marginRefusal(market, { before, after, oraclePrice, isForced: false });
  return reason ? refused(accountId, reason) : withMargin(ledger, accountId, after);
}

const withMargin = (ledger: IsolatedLedger, accountId: string, position: IsolatedPosition) =>
  settled(
    ledger,
    [
      {
        accountId,
        position,
        payment: position.margin - accountOf(ledger, accountId).position.margin,
        pnl: 0n,
      },
    ],
    { fees: 0n, insurance: 0n },
  );
