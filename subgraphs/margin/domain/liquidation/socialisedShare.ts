import { requireAtLeastZero } from './invalidInput.js';

/**
 * The share of every deposit, 0 to 1, that pays for a debt that nobody else covers: debt ÷ (debt +
 * deposits). Zero without debt. Source: docs.derive.xyz, «Liquidations».
 */
export function socialisedShare(debt: number, deposits: number): number {
  requireAtLeastZero('debt', debt);
  requireAtLeastZero('deposits', deposits);
  return debt === 0 ? 0 : debt / (debt + deposits);
}
