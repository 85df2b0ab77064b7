/** What both prices of a liquidation start from: the position, and the requirement that it has a share of. */

import {
  accountRequirement,
  reducedPosition,
  type NoLiquidationPrice,
  type QuantumAccount,
  type QuantumPosition,
  type SizeDelta,
} from './quantumAccount.js';

export interface LiquidatedPosition {
  readonly kind: 'position';
  readonly position: QuantumPosition;
  /** Of the whole account, quote quantums; above zero. */
  readonly maintenance: bigint;
}

export function liquidatedPosition(
  account: QuantumAccount,
  delta: SizeDelta,
): LiquidatedPosition | NoLiquidationPrice {
  const position = reducedPosition(account, delta);
  if (!position) return { kind: 'none', reason: 'SIZE_DELTA_INVALID' };
  const { maintenance } = accountRequirement(account);
  if (maintenance === 0n) return { kind: 'none', reason: 'NO_REQUIREMENT' };
  return { kind: 'position', position, maintenance };
}
