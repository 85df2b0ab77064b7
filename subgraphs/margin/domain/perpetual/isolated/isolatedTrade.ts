/** A trade between two accounts of an isolated market. */

import { absolute } from '../quantum/integerQuotient.js';
import { InvalidInput } from '../../liquidation/invalidInput.js';
import { multiplyFloor, ONE, type Fixed } from './fixed.js';
import type { IsolatedMarket } from './isolatedMarket.js';
import { marginShareOf, type IsolatedPosition } from './isolatedPosition.js';
import {
  accountOf,
  refused,
  settled,
  type IsolatedLedger,
  type LedgerChange,
  type LedgerRefusal,
  type RefusalReason,
} from './isolatedLedger.js';
import { marginRefusal } from './marginRule.js';
import { filledPosition, type FilledPosition } from './positionFill.js';

export interface IsolatedTrade {
  readonly makerId: string;
  readonly takerId: string;
  /** Of the maker: positive when the maker buys and the taker sells. Not zero. */
  readonly makerSize: Fixed;
  readonly price: Fixed;
  /** Of both sides; a fraction is dropped. */
  readonly leverage: Fixed;
  readonly oraclePrice: Fixed;
}

/** One side before its margin is judged. */
interface Side {
  readonly accountId: string;
  readonly before: IsolatedPosition;
  readonly filled: FilledPosition;
}

/** Throws InvalidInput for a size of zero, a negative price, or an account that trades with itself. */
export function isolatedTrade(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  trade: IsolatedTrade,
): LedgerChange | LedgerRefusal {
  requireTrade(trade);
  const { makerId, takerId, makerSize } = trade;
  const sides = [
    { accountId: makerId, size: makerSize, feeRate: market.makerFeeRate },
    { accountId: takerId, size: -makerSize, feeRate: market.takerFeeRate },
  ];
  for (const { accountId } of sides) {
    const reason = leverageRefusal(accountOf(ledger, accountId).position, trade.leverage);
    if (reason) return refused(accountId, reason);
  }
  if (!isWithinBounds(market, trade)) return refused(takerId, 'PRICE_OUT_OF_BOUNDS');

  const filled: Side[] = [];
  for (const { accountId, size, feeRate } of sides) {
    const before = accountOf(ledger, accountId).position;
    const side = filledPosition(before, { ...termsOf(trade), size, feeRate });
    if (!side) return refused(accountId, 'LOSS_EXCEEDS_MARGIN');
    filled.push({ accountId, before, filled: side });
  }
  return judged(ledger, market, trade, filled);
}

/** A position keeps its leverage; null when this one fits. */
export function leverageRefusal(position: IsolatedPosition, leverage: Fixed): RefusalReason | null {
  const marginShare = marginShareOf(leverage);
  if (marginShare === null) return 'LEVERAGE_BELOW_ONE';
  const isFree = position.size === 0n || position.marginShare === marginShare;
  return isFree ? null : 'LEVERAGE_DIFFERS';
}

function judged(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  { oraclePrice }: IsolatedTrade,
  sides: readonly Side[],
): LedgerChange | LedgerRefusal {
  for (const { accountId, before, filled } of sides) {
    const change = { before, after: filled.position, oraclePrice, isForced: false };
    const reason = marginRefusal(market, change);
    if (reason) return refused(accountId, reason);
  }
  return settled(
    ledger,
    sides.map(({ accountId, filled }) => ({ accountId, ...filled })),
    { fees: sides.reduce((total, { filled }) => total + filled.fee, 0n), insurance: 0n },
  );
}

const termsOf = ({ makerSize, price, leverage }: IsolatedTrade) => ({
  notional: multiplyFloor(absolute(makerSize), price),
  marginShare: marginShareOf(leverage) ?? ONE,
});

/** A taker who buys may pay up to the upper bound, and one who sells take down to the lower. */
function isWithinBounds({ takeBounds }: IsolatedMarket, trade: IsolatedTrade): boolean {
  if (takeBounds === null) return true;
  const { makerSize, price, oraclePrice } = trade;
  return makerSize < 0n
    ? price <= oraclePrice + multiplyFloor(oraclePrice, takeBounds.long)
    : price >= oraclePrice - multiplyFloor(oraclePrice, takeBounds.short);
}

function requireTrade({ makerId, takerId, makerSize, price, oraclePrice }: IsolatedTrade): void {
  if (makerSize === 0n) throw new InvalidInput('makerSize', makerSize, 'a size');
  if (price < 0n) throw new InvalidInput('price', price, 'zero or above');
  if (oraclePrice < 0n) throw new InvalidInput('oraclePrice', oraclePrice, 'zero or above');
  if (makerId === takerId)
    throw new InvalidInput('takerId', takerId, 'another account than the maker');
}
