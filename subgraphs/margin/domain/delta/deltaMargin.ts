/** Margin on the net delta alone: one large move against the account. */

import { charge, type Requirement } from '../risk/requirement.js';
import { deltaShares, type DeltaExposure } from './deltaExposure.js';

export interface DeltaMove {
  /** Least relative move, whatever the volatility. */
  readonly floor: number;
  /** How many standard deviations the move is. */
  readonly deviations: number;
  /** Of one day's relative returns. */
  readonly dailyVolatility: number;
  /** How long it takes to close. */
  readonly days: number;
}

/** max(floor, deviations × daily volatility × √days), as a share of the price. */
export const deltaMove = ({ floor, deviations, dailyVolatility, days }: DeltaMove): number =>
  Math.max(floor, deviations * dailyVolatility * Math.sqrt(days));

/**
 * |net delta| × spot × move, in USD. It is blind to curvature: alone it is too little for who has
 * sold options, whom `deltaGammaMargin` asks for more. Source: domain.md §5.
 */
export function deltaMargin(code: string, exposure: DeltaExposure, move: number): Requirement {
  const direction = Math.sign(exposure.net);
  const shares = deltaShares(exposure, () => direction * move);
  return charge({ code, of: exposure.underlying }, shares);
}
