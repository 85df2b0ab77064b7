/** What the cases of Derive's standard manager share: parameters, default prices and expiries. */

import { z } from 'zod';
import type { StandardRules } from '../../../subgraphs/margin/domain/standard/standardRules.js';
import { priceOf, shareOf } from './standardBooks.js';

const shape = z.object({
  expiry_days: z.record(z.string(), z.number()),
  /** Prices by what they are of; see `priced`. */
  defaults: z.looseObject({}),
  /** By the name of a case: what differs from `defaults` there. */
  overrides: z.record(z.string(), z.looseObject({})).default({}),
  srm_params: z.object({
    perp_im: z.number(),
    perp_mm: z.number(),
    base_factor: z.number(),
    base_im_scale: z.number().default(1),
    oracle_threshold: z.number(),
    oracle_factor: z.number(),
    depeg_threshold: z.number(),
    depeg_factor: z.number(),
    option: z.object({
      maxSpot: z.number(),
      minSpot: z.number(),
      mmCallSpot: z.number(),
      mmPutSpot: z.number(),
      mmPutMtm: z.number(),
      unpairedIM: z.number(),
      unpairedMM: z.number(),
      putImOverMm: z.number(),
    }),
  }),
});

export type SrmFixtures = z.infer<typeof shape>;

/** Whether a file holds parameters rather than cases. */
export const isFixtures = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'srm_params' in json;

export const readFixtures = (json: unknown): SrmFixtures => shape.parse(json);

export function rulesOf({ srm_params: given }: SrmFixtures): StandardRules {
  const { option } = given;
  return {
    futures: {
      byUnderlying: new Map(),
      others: {
        initial: shareOf(given.perp_im),
        maintenance: shareOf(given.perp_mm),
        ladder: null,
        openInterest: null,
      },
    },
    shortOptions: {
      source: 'DERIVE',
      initialSpot: shareOf(option.maxSpot),
      initialSpotMin: shareOf(option.minSpot),
      callMaintenanceSpot: shareOf(option.mmCallSpot),
      putMaintenanceSpot: shareOf(option.mmPutSpot),
      putMaintenanceMark: shareOf(option.mmPutMtm),
      putInitialOverMaintenance: shareOf(option.putImOverMm),
    },
    spreads: {
      unpairedInitial: shareOf(option.unpairedIM),
      unpairedMaintenance: shareOf(option.unpairedMM),
      venueBasis: shareOf(0),
    },
    confidence: {
      threshold: shareOf(given.oracle_threshold),
      factor: shareOf(given.oracle_factor),
    },
    depeg: {
      currencies: new Set(),
      threshold: priceOf(given.depeg_threshold),
      factor: shareOf(given.depeg_factor),
    },
  };
}
