/**
 * What closing a part of a position must bring in so that the account pays its share of what is
 * left, and no more: the price at which a liquidation costs the insurance fund nothing.
 *
 * Source: docs.dydx.exchange, «Liquidations»: −DNNV − TNC × |DMMR| ÷ TMMR.
 */

import { quotientFloor } from './integerQuotient.js';
import { liquidatedPosition } from './liquidatedPosition.js';
import { netNotional } from './quantumMarket.js';
import { quantumRequirement } from './quantumRequirement.js';
import {
  netCollateral,
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
  const found = liquidatedPosition(account, delta);
  if (found.kind === 'none') return found;

  const { market, quantums } = found.position;
  const rest = quantums + delta.deltaQuantums;
  const deltaNotional = netNotional(market, rest) - netNotional(market, quantums);
  const released =
    quantumRequirement(market, quantums).maintenance - quantumRequirement(market, rest).maintenance;
  // Rounded down, and then subtracted: against the account.
  const shareOfCollateral = quotientFloor(netCollateral(account) * released, found.maintenance);
  return { kind: 'price', quoteQuantums: -deltaNotional - shareOfCollateral };
}
