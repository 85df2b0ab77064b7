/** What derivatives stand for, without any netting. */

import type { FutureRisk, UnderlyingRisk } from '../../risk/riskBook.js';

/** USD of the underlying that the contract stands for at `spot`; at least 0. */
export const futureNotional = (
  { contract, quantity, mark, pointValue }: FutureRisk,
  spot: number,
): number => Math.abs(quantity) * pointValue * (contract === 'INVERSE' ? spot / mark : spot);

/** Gross value at spot of each future and option, by line of the book. */
export function grossNotionals(
  { futures, options, spot }: UnderlyingRisk,
  lineCount: number,
): Float64Array {
  const notionals = new Float64Array(lineCount);
  for (const future of futures) notionals[future.line]! += futureNotional(future, spot.price);
  for (const { line, quantity } of options) notionals[line]! += Math.abs(quantity) * spot.price;
  return notionals;
}
