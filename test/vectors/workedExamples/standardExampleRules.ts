/** The rules of an example of the standard model: those in force, but for what the example states. */

import { z } from 'zod';
import type {
  DeriveOptionRules,
  StandardRules,
} from '../../../subgraphs/margin/domain/standard/standardRules.js';
import { standardParametersInForce } from '../../../subgraphs/margin/parameters/standardParameters.js';
import { shareOf } from '../standardBooks/standardBooks.js';

/** As the document writes it: «max(0.15-OTM/S,0.13)*S+mark» and «0.09*S+mark». */
const INITIAL = /^max\(([\d.]+)-OTM\/S,([\d.]+)\)\*S\+mark$/;
const MAINTENANCE = /^([\d.]+)\*S\+mark$/;

const stated = z.object({
  params: z.object({ im: z.string().regex(INITIAL), mm: z.string().regex(MAINTENANCE) }).optional(),
  perp_im: z.number().optional(),
  perp_mm: z.number().optional(),
});

export function standardExampleRules(inputs: unknown): StandardRules {
  const { params, perp_im: initial, perp_mm: maintenance } = stated.parse(inputs);
  const { rules } = standardParametersInForce();
  const { shortOptions, futures } = rules;
  if (shortOptions.source !== 'DERIVE') throw new TypeError('the rules in force are not of Derive');
  const rate =
    initial === undefined || maintenance === undefined
      ? futures
      : {
          byUnderlying: new Map(),
          others: {
            initial: shareOf(initial),
            maintenance: shareOf(maintenance),
            ladder: null,
            openInterest: null,
          },
        };
  return {
    ...rules,
    futures: rate,
    shortOptions: { ...shortOptions, ...(params === undefined ? {} : statedOptions(params)) },
  };
}

function statedOptions({ im, mm }: { readonly im: string; readonly mm: string }) {
  const [, initialSpot, initialSpotMin] = INITIAL.exec(im) ?? [];
  const [, callMaintenanceSpot] = MAINTENANCE.exec(mm) ?? [];
  return {
    initialSpot: shareOf(Number(initialSpot)),
    initialSpotMin: shareOf(Number(initialSpotMin)),
    callMaintenanceSpot: shareOf(Number(callMaintenanceSpot)),
  } satisfies Partial<DeriveOptionRules>;
}
