/**
 * A liquidation in an isolated market: the liquidator takes the position, or a part of it, over at
 * the oracle price. What the price leaves above bankruptcy is the premium, split between the insurance
 * pool and the liquidator; what it lacks, the liquidator pays, so that the market stays whole.
 */

import { absolute } from '../quantum/integerQuotient.js';
import { forcedRefusal, requireForced } from './forcedChange.js';
import { multiplyFloor, nearestStep, ONE, smaller, type Fixed } from './fixed.js';
import type { IsolatedMarket } from './isolatedMarket.js';
import { marginRatio, marginShareOf, type IsolatedPosition } from './isolatedPosition.js';
import {
  accountOf,
  refused,
  settled,
  type IsolatedLedger,
  type LedgerChange,
  type LedgerRefusal,
  type RefusalReason,
} from './isolatedLedger.js';
import { leverageRefusal } from './isolatedTrade.js';
import { filledPosition, reduction, type FilledPosition, type Reduction } from './positionFill.js';

export interface IsolatedLiquidation {
  readonly liquidatedId: string;
  readonly liquidatorId: string;
  /** Unsigned; what the position does not have is not taken. */
  readonly size: Fixed;
  /** Of the liquidator's position. */
  readonly leverage: Fixed;
  readonly oraclePrice: Fixed;
}

/** Throws InvalidInput for a size that is not positive, or an account that liquidates itself. */
export function isolatedLiquidation(
  ledger: IsolatedLedger,
  market: IsolatedMarket,
  liquidation: IsolatedLiquidation,
): LedgerChange | LedgerRefusal {
  const { liquidatedId, liquidatorId, leverage } = liquidation;
  requireForced('liquidatorId', liquidatorId, liquidatedId, liquidation.size);
  const oraclePrice = nearestStep(liquidation.oraclePrice, market.tickSize);
  const position = accountOf(ledger, liquidatedId).position;
  const taker = accountOf(ledger, liquidatorId).position;
  const unfit = positionRefusal(market, position, oraclePrice);
  if (unfit) return refused(liquidatedId, unfit);
  const wrongLeverage = leverageRefusal(taker, leverage);
  if (wrongLeverage) return refused(liquidatorId, wrongLeverage);

  const size = smaller(liquidation.size, absolute(position.size));
  const notional = multiplyFloor(size, oraclePrice);
  const taken = reduction(position, size);
  const filled = filledPosition(taker, {
    size: position.size > 0n ? size : -size,
    notional,
    marginShare: marginShareOf(leverage) ?? ONE,
    feeRate: 0n,
  });
  if (!filled) return refused(liquidatorId, 'LOSS_EXCEEDS_MARGIN');

  const forbidden = forcedRefusal(market, oraclePrice, [
    { accountId: liquidatedId, before: position, after: taken.rest },
    { accountId: liquidatorId, before: taker, after: filled.position },
  ]);
  if (forbidden) return forbidden;
  return shared(ledger, market, liquidation, {
    taken,
    filled,
    premium: premiumOf(position, taken, notional),
  });
}

/** Null when the position may be liquidated at the price. */
function positionRefusal(
  market: IsolatedMarket,
  position: IsolatedPosition,
  oraclePrice: Fixed,
): RefusalReason | null {
  if (position.size === 0n) return 'NO_POSITION';
  const isLiquidatable = marginRatio(position, oraclePrice) < market.maintenanceMarginRate;
  return isLiquidatable ? null : 'NOT_LIQUIDATABLE';
}

/** Negative when the position is taken over beyond bankruptcy. */
const premiumOf = (position: IsolatedPosition, taken: Reduction, notional: Fixed): Fixed => {
  const gain = notional - taken.entryNotional;
  return taken.margin + (position.size > 0n ? gain : -gain);
};

function shared(
  ledger: IsolatedLedger,
  { insurancePoolShare }: IsolatedMarket,
  { liquidatedId, liquidatorId }: IsolatedLiquidation,
  outcome: { taken: Reduction; filled: FilledPosition; premium: Fixed },
): LedgerChange | LedgerRefusal {
  const { taken, filled } = outcome;
  const insurance = outcome.premium > 0n ? multiplyFloor(outcome.premium, insurancePoolShare) : 0n;
  const reward = outcome.premium - insurance;
  return settled(
    ledger,
    [
      // The margin of what is taken stays behind: it pays the premium.
      { accountId: liquidatedId, position: taken.rest, payment: 0n, pnl: -taken.margin },
      {
        accountId: liquidatorId,
        position: filled.position,
        payment: filled.payment - reward,
        pnl: filled.pnl + reward,
      },
    ],
    { fees: 0n, insurance },
  );
}
