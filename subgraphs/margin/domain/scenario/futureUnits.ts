/** Units of the underlying that futures stand for, netted where they offset each other exactly. */

import type { FutureRisk, UnderlyingRisk } from '../risk/riskBook.js';

/** Signed; an inverse contract's USD at its mark. */
export const futureUnits = ({ contract, quantity, mark }: FutureRisk) =>
  contract === 'INVERSE' ? quantity / mark : quantity;

/** Futures that settle at one time: the perpetuals, or those of one expiry. */
export interface FutureGroup {
  readonly netUnits: number;
  readonly futures: readonly FutureRisk[];
}

/** The perpetuals first, whether there are any or none, then expiry by expiry. */
export function futureGroups({ futures, expiries }: UnderlyingRisk): readonly FutureGroup[] {
  const places: readonly (number | null)[] = [null, ...expiries.keys()];
  return places.map((place) => {
    const group = futures.filter(({ expiry }) => expiry === place);
    return { netUnits: group.reduce((sum, one) => sum + futureUnits(one), 0), futures: group };
  });
}

/**
 * Adds to `shares` a charge of `perUnit` for each net unit of the group. A line that lowers the net
 * has a negative share.
 */
export function addGroupCharge(
  shares: Float64Array,
  { netUnits, futures }: FutureGroup,
  perUnit: number,
): void {
  for (const future of futures) {
    shares[future.line]! += Math.sign(netUnits) * futureUnits(future) * perUnit;
  }
}
