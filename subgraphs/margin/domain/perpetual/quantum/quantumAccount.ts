/** An account of the dYdX v4 class: quote quantums and positions that share them. */

import { InvalidInput } from '../../liquidation/invalidInput.js';
import { absolute, sign } from './integerQuotient.js';
import { netNotional, type QuantumMarket } from './quantumMarket.js';
import { quantumRequirement, type QuantumRequirement } from './quantumRequirement.js';

export interface QuantumAccount {
  /** Quote quantums held; negative when owed. */
  readonly quoteBalance: bigint;
  /** At most one of each perpetual. */
  readonly positions: readonly QuantumPosition[];
}

export interface QuantumPosition {
  readonly perpetualId: number;
  /** Base quantums, negative when short. */
  readonly quantums: bigint;
  readonly market: QuantumMarket;
}

/** A change of a position's size by liquidation, with the sign of the trade. */
export interface SizeDelta {
  readonly perpetualId: number;
  readonly deltaQuantums: bigint;
}

/** Why no liquidation price exists: an outcome for a liquidator to act on, not a fault. */
export interface NoLiquidationPrice {
  readonly kind: 'none';
  readonly reason: NoLiquidationPriceReason;
}

/**
 * - `SIZE_DELTA_INVALID`: it is zero, opens or adds to a position, or takes more than there is.
 * - `NO_REQUIREMENT`: the account must maintain nothing, so nothing can be shared by requirement.
 */
export type NoLiquidationPriceReason = 'SIZE_DELTA_INVALID' | 'NO_REQUIREMENT';

/** Net worth in quote quantums: balance and net notional of every position. */
export const netCollateral = ({ quoteBalance, positions }: QuantumAccount): bigint =>
  positions.reduce(
    (total, { market, quantums }) => total + netNotional(market, quantums),
    quoteBalance,
  );

/** Summed over the positions, without offsets. */
export function accountRequirement({ positions }: QuantumAccount): QuantumRequirement {
  const all = positions.map(({ market, quantums }) => quantumRequirement(market, quantums));
  return {
    initial: all.reduce((total, { initial }) => total + initial, 0n),
    maintenance: all.reduce((total, { maintenance }) => total + maintenance, 0n),
  };
}

/** The position that `delta` reduces; null unless it closes some or all of one. */
export function reducedPosition(
  { positions }: QuantumAccount,
  { perpetualId, deltaQuantums }: SizeDelta,
): QuantumPosition | null {
  const [position, second] = positions.filter((one) => one.perpetualId === perpetualId);
  if (second) throw new InvalidInput('positions', perpetualId, 'named by one position only');
  if (!position || sign(position.quantums) * sign(deltaQuantums) !== -1) return null;
  return absolute(deltaQuantums) > absolute(position.quantums) ? null : position;
}
