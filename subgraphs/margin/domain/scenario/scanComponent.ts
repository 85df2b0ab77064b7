/** The rule of a scan, as data: which scenarios, and how the book is revalued in them. */

import { z } from 'zod';
import { gridSchema, isSkew, type GridScenario } from './gridScenario.js';
import { skewLawSchema, type SkewLaw } from './skewLaw.js';
import { staticDiscountSchema, type StaticDiscount } from './staticDiscount.js';
import { volatilityLawSchema, type VolatilityLaw } from './volatilityLaw.js';

export interface ScanComponent {
  readonly kind: 'SCAN';
  readonly grid: readonly GridScenario[];
  readonly volatility: VolatilityLaw;
  /** Needed by grids with skew scenarios. */
  readonly skew: SkewLaw | null;
  /** Whether options are marked at today's value (e^(−rate × years)) or at expiry's. */
  readonly discountsMarks: boolean;
  /** Null counts what an expiry is worth in a scenario in full. */
  readonly staticDiscount: StaticDiscount | null;
  /** What moves by the spot shock: each contract's own price, or the index, which carries them along. */
  readonly shockOf: 'MARK' | 'INDEX';
  /**
   * What profits are counted in: USD at the shocked prices, or the underlying's own coin, which is
   * then worth today's spot price.
   */
  readonly numeraire: 'USD' | 'UNDERLYING';
  /** Share of a scenario's profit that counts; losses count in full. */
  readonly profitShare: number;
  /** Null does not widen moves for old prices. */
  readonly staleness: StalenessLaw | null;
}

/** What a scan is unless its venue says otherwise; the grid, volatilities and marks it always says. */
export const PLAIN_SCAN = {
  kind: 'SCAN',
  skew: null,
  staticDiscount: null,
  shockOf: 'MARK',
  numeraire: 'USD',
  profitShare: 1,
  staleness: null,
} as const satisfies Partial<ScanComponent>;

/**
 * Moves of the spot are widened by deviations × volatility × √age for a price that is old, and the
 * worst of both grids counts: age never lowers the requirement. Source: domain.md §2.
 */
export interface StalenessLaw {
  readonly deviations: number;
  /** A year. */
  readonly volatility: number;
}

const stalenessSchema = z.strictObject({
  deviations: z.number().min(0).max(10),
  volatility: z.number().min(0).max(10),
}) satisfies z.ZodType<StalenessLaw>;

export const scanSchema = z
  .strictObject({
    kind: z.literal('SCAN'),
    grid: gridSchema,
    volatility: volatilityLawSchema,
    skew: skewLawSchema.nullable().default(PLAIN_SCAN.skew),
    discountsMarks: z.boolean(),
    staticDiscount: staticDiscountSchema.nullable().default(PLAIN_SCAN.staticDiscount),
    shockOf: z.enum(['MARK', 'INDEX']).default(PLAIN_SCAN.shockOf),
    numeraire: z.enum(['USD', 'UNDERLYING']).default(PLAIN_SCAN.numeraire),
    profitShare: z.number().min(0).max(1).default(PLAIN_SCAN.profitShare),
    staleness: stalenessSchema.nullable().default(PLAIN_SCAN.staleness),
  })
  .refine(({ grid, skew }) => skew !== null || !grid.some(({ volatility }) => isSkew(volatility)), {
    error: 'has skew scenarios and no skew law',
    path: ['skew'],
  }) satisfies z.ZodType<ScanComponent>;
