/**
 * What closing a part of a position must bring in so that the account pays its share of what is
 * left, and no more: the price at which a liquidation costs the insurance fund nothing.
 *
 * Source: docs.dydx.exchange, «Liquidations»: −DNNV − TNC × |DMMR| ÷ TMMR.
 */

import { quotientFloor } from './integerQuotient.js';
import { netNotional } from './quantumMarket.js';
import { quantumRequirement } from './quantumRequirement.js';
import {
  accountRequirement,
  netCollateral,
  reducedPosition,
  type NoLiquidationPrice,
  type QuantumAccount,
  type SizeDelta,
} from './quantumAccount.js';

export interface QuantumBankruptcyPrice {
  readonly kind: 'price';
  /** For the whole of `deltaQuantums`, rounded toward +∞; negative when the account pays for it. */
  readonly quoteQuantums: bigint;
}

export function quantumBankruptcyPrice(
  account: QuantumAccount,
  delta: SizeDelta,
): QuantumBankruptcyPrice | NoLiquidationPrice {
  const position = reducedPosition(account, delta);
  if (!position) return { kind: 'none', reason: 'SIZE_DELTA_INVALID' };
  const { maintenance } = accountRequirement(account);
  if (maintenance === 0n) return { kind: 'none', reason: 'NO_REQUIREMENT' };

  const { market, quantums } = position;
  const rest = quantums + delta.deltaQuantums;
  const deltaNotional = netNotional(market, rest) - netNotional(market, quantums);
  const released =
    quantumRequirement(market, quantums).maintenance - quantumRequirement(market, rest).maintenance;
  // Rounded down, and then subtracted: against the account.
  const shareOfCollateral = quotientFloor(netCollateral(account) * released, maintenance);
  return { kind: 'price', quoteQuantums: -deltaNotional - shareOfCollateral };
}
