/**
 * Automatic deleveraging in an isolated market: a position whose margin is gone is closed against one
 * on the other side, at the price that its margin reaches: the last resort when nobody liquidates.
 */

import { absolute, sign } from '../quantum/integerQuotient.js';
import { forcedRefusal, requireForced } from './forcedChange.js';
import { nearestStep, smaller, type Fixed } from './fixed.js';
import type { IsolatedMarket } from './isolatedMarket.js';
import { marginRatio, type IsolatedPosition } from './isolatedPosition.js';
import {
  accountOf,
  refused,
  settled,
  type IsolatedLedger,
  type LedgerChange,
  type LedgerRefusal,
} from './isolatedLedger.js';
import { filledPosition, reduction } from './positionFill.js';

export interface IsolatedDeleveraging {
  readonly underwaterId: string;
  readonly counterpartyId: string;
  /** Unsigned; bounded by what either side holds. */
  readonly size: Fixed;
  readonly oraclePrice: Fixed;
}

/** Throws InvalidInput for a size that is not positive, or an account paired with itself. */
export function isolatedDeleveraging(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  deleveraging: IsolatedDeleveraging,
): LedgerChange | LedgerRefusal {
  const { underwaterId, counterpartyId } = deleveraging;
  requireForced('counterpartyId', counterpartyId, underwaterId, deleveraging.size);
  const oraclePrice = nearestStep(deleveraging.oraclePrice, market.tickSize);
  const position = accountOf(ledger, underwaterId).position;
  const other = accountOf(ledger, counterpartyId).position;
  const unfit = unfitPair({ underwaterId, counterpartyId, position, other, oraclePrice });
  if (unfit) return unfit;

  const held = smaller(absolute(position.size), absolute(other.size));
  const size = smaller(deleveraging.size, held);
  const closed = reduction(position, size);
  const isLong = position.size > 0n;
  const filled = filledPosition(other, {
    size: isLong ? size : -size,
    // What leaves the closed part with nothing: its entry, worsened by its margin.
    notional: isLong ? closed.entryNotional - closed.margin : closed.entryNotional + closed.margin,
    marginShare: other.marginShare,
    feeRate: 0n,
  });
  if (!filled) return refused(counterpartyId, 'LOSS_EXCEEDS_MARGIN');

  const forbidden = forcedRefusal(market, oraclePrice, [
    { accountId: underwaterId, before: position, after: closed.rest },
    { accountId: counterpartyId, before: other, after: filled.position },
  ]);
  if (forbidden) return forbidden;
  const { payment, pnl } = filled;
  return settled(
    ledger,
    [
      { accountId: underwaterId, position: closed.rest, payment: 0n, pnl: -closed.margin },
      { accountId: counterpartyId, position: filled.position, payment, pnl },
    ],
    { fees: 0n, insurance: 0n },
  );
}

function unfitPair(pair: {
  underwaterId: string;
  counterpartyId: string;
  position: IsolatedPosition;
  other: IsolatedPosition;
  oraclePrice: Fixed;
}): LedgerRefusal | null {
  const { underwaterId, counterpartyId, position, other, oraclePrice } = pair;
  if (position.size === 0n) return refused(underwaterId, 'NO_POSITION');
  if (other.size === 0n) return refused(counterpartyId, 'NO_POSITION');
  if (marginRatio(position, oraclePrice) > 0n) return refused(underwaterId, 'NOT_UNDERWATER');
  if (marginRatio(other, oraclePrice) <= 0n) return refused(counterpartyId, 'UNDERWATER');
  return sign(position.size) === sign(other.size) ? refused(counterpartyId, 'SAME_SIDE') : null;
}
