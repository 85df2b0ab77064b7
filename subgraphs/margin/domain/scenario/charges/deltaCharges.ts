/** The charges of the delta room, as components of a scenario model. */

import { z } from 'zod';
import { crossVenueBasis } from '../../delta/crossVenueBasis.js';
import { deltaExposure } from '../../delta/deltaExposure.js';
import { deltaGammaMargin } from '../../delta/deltaGammaMargin.js';
import { deltaMargin, deltaMove } from '../../delta/deltaMargin.js';
import { minimumDelta } from '../../delta/minimumDelta.js';
import type { Requirement } from '../../risk/requirement.js';
import type { ChargeScope } from './chargeScope.js';
import { rateSchema } from './rateSchema.js';

export const minimumDeltaSchema = z
  .strictObject({
    kind: z.literal('MINIMUM_DELTA'),
    unhedged: rateSchema,
    hedged: rateSchema,
  })
  .refine(({ unhedged, hedged }) => hedged <= 2 * unhedged, {
    error: 'the hedged rate is above twice the unhedged one: hedging would cost more than it saves',
  });

export const crossVenueBasisSchema = z.strictObject({
  kind: z.literal('CROSS_VENUE_BASIS'),
  rate: rateSchema,
});

export const deltaMarginSchema = z.strictObject({
  kind: z.literal('DELTA_MARGIN'),
  floor: rateSchema,
  deviations: z.number().min(0).max(100),
  dailyVolatility: rateSchema,
  days: z.number().min(0).max(365),
});

export const deltaGammaSchema = z.strictObject({
  kind: z.literal('DELTA_GAMMA'),
  /** Largest relative move, either way. */
  move: z.number().positive().max(10),
});

/** See `minimumDelta`. */
export const minimumDeltaRequirement = (
  code: string,
  rates: z.infer<typeof minimumDeltaSchema>,
  { book, underlying }: ChargeScope,
): Requirement => minimumDelta(code, deltaExposure(book, underlying), rates);

/** See `crossVenueBasis`. */
export const crossVenueBasisRequirement = (
  code: string,
  { rate }: z.infer<typeof crossVenueBasisSchema>,
  { book, underlying }: ChargeScope,
): Requirement => crossVenueBasis(code, deltaExposure(book, underlying), rate);

/** See `deltaMargin`. */
export const deltaMarginRequirement = (
  code: string,
  move: z.infer<typeof deltaMarginSchema>,
  { book, underlying }: ChargeScope,
): Requirement => deltaMargin(code, deltaExposure(book, underlying), deltaMove(move));

/** See `deltaGammaMargin`. */
export const deltaGammaRequirement = (
  code: string,
  { move }: z.infer<typeof deltaGammaSchema>,
  { book, underlying }: ChargeScope,
): Requirement => deltaGammaMargin(code, deltaExposure(book, underlying), move);
