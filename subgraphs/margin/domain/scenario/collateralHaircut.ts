/** The share of held coins' worth that does not count, as a charge. */

import { z } from 'zod';
import { charge, type Requirement } from '../risk/requirement.js';
import type { UnderlyingRisk } from '../risk/riskBook.js';

export interface CollateralHaircut {
  readonly kind: 'COLLATERAL_HAIRCUT';
  /** INITIAL is what initial margin adds to the haircut of maintenance. */
  readonly level: 'MAINTENANCE' | 'INITIAL';
}

export const collateralHaircutSchema = z.strictObject({
  kind: z.literal('COLLATERAL_HAIRCUT'),
  level: z.enum(['MAINTENANCE', 'INITIAL']),
}) satisfies z.ZodType<CollateralHaircut>;

/** A debt is charged like a holding: it is owed at its worth and the haircut on top. */
export function collateralHaircut(
  code: string,
  { level }: CollateralHaircut,
  { underlying, collateral }: UnderlyingRisk,
  lineCount: number,
): Requirement {
  const shares = new Float64Array(lineCount);
  for (const { line, quantity, price, maintenanceHaircut, initialHaircut } of collateral) {
    const haircut = level === 'MAINTENANCE' ? maintenanceHaircut : initialHaircut;
    shares[line]! += Math.abs(quantity) * price.price * haircut;
  }
  return charge({ code, of: underlying }, shares);
}
