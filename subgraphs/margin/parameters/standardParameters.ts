/** Reads a parameter set of the standard model from its JSON text, and names it by its hash. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLess, price, usd } from '../../shared/units.js';
import { contentHash, type Json } from '../domain/canonicalJson.js';
import type { ParameterSet } from '../domain/parameterSet.js';
import type { StandardRules } from '../domain/standard/standardRules.js';
import {
  effectiveFromSchema,
  ladderSchema,
  limitsSchema,
  nameSchema,
  shareSchema as share,
} from './ladderSchema.js';

const dollars = z
  .string()
  .regex(/^\d{1,18}(\.\d{1,18})?$/, 'dollars such as "25000000"')
  .transform(usd);

const rates = z
  .strictObject({
    initial: share,
    maintenance: share,
    ladder: z.strictObject({ perUnit: share, rateMax: share }).nullable().default(null),
    openInterest: z
      .strictObject({ lower: dollars, upper: dollars })
      .refine(({ lower, upper }) => isLess(lower, upper), {
        error: 'the upper cap of open interest is not above the lower one',
      })
      .nullable()
      .default(null),
  })
  .refine(({ ladder, openInterest }) => ladder === null || openInterest === null, {
    error: 'rates rise with the size or with open interest, and not with both',
  })
  .refine(({ initial, maintenance }) => !isLess(initial, maintenance), {
    error: 'the initial rate is below the maintenance rate',
  })
  .refine(({ initial, ladder }) => ladder === null || !isLess(ladder.rateMax, initial), {
    error: 'the rate that the ladder ends at is below the initial rate',
  });

const deriveOptions = z
  .strictObject({
    initialSpot: share,
    initialSpotMin: share,
    callMaintenanceSpot: share,
    putMaintenanceSpot: share,
    putMaintenanceMark: share,
    putInitialOverMaintenance: share,
  })
  .transform((read) => ({ source: 'DERIVE' as const, ...read }));

const cboeOptions = z
  .strictObject({ spot: share, callSpotMin: share, putStrikeMin: share })
  .transform((read) => ({ source: 'CBOE' as const, ...read }));

const spreads = z
  .strictObject({ unpairedInitial: share, unpairedMaintenance: share, venueBasis: share })
  .refine((read) => !isLess(read.unpairedInitial, read.unpairedMaintenance), {
    error: 'unpaired calls charge less initial than maintenance margin',
  });

const depeg = z.strictObject({
  currencies: z.array(z.string().min(1)).transform((all): ReadonlySet<string> => new Set(all)),
  threshold: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,18})?$/, 'a price such as "0.99"')
    .transform(price),
  factor: share,
});

const rules = z
  .strictObject({
    futures: z.strictObject({
      byUnderlying: z.record(z.string(), rates).transform((all) => new Map(Object.entries(all))),
      others: rates,
    }),
    shortOptions: deriveOptions.optional(),
    cboeShortOptions: cboeOptions.optional(),
    spreads: spreads.nullable().default(null),
    confidence: z.strictObject({ threshold: share, factor: share }).nullable().default(null),
    depeg: depeg.nullable().default(null),
  })
  .transform(({ shortOptions, cboeShortOptions, ...rest }, context): StandardRules => {
    const given = [shortOptions, cboeShortOptions].filter((one) => one !== undefined);
    const [only, another] = given;
    if (only !== undefined && another === undefined) return { ...rest, shortOptions: only };
    const message = 'one of shortOptions and cboeShortOptions, and not both';
    context.addIssue({ code: 'custom', path: ['shortOptions'], message });
    return z.NEVER;
  });

const content = z.strictObject({
  name: nameSchema,
  model: z.literal('standard'),
  /** Left out of standard-1, which was in force before sets had dates. */
  effectiveFrom: effectiveFromSchema.default(new Date(0)),
  source: z.string().min(1).optional(),
  ladder: ladderSchema,
  limits: limitsSchema,
  rules,
});

export interface StandardParameters extends ParameterSet<StandardRules> {
  /** The instant from which it may be in force. */
  readonly effectiveFrom: Date;
}

/** Throws with every mistake in the text. The hash is over the file's content, as canonical JSON. */
export function standardParameters(text: string): StandardParameters {
  const json = JSON.parse(text) as Json;
  const read = content.safeParse(json);
  if (!read.success) throw new Error(`Not a parameter set:\n${z.prettifyError(read.error)}`);
  const { name, effectiveFrom, ladder, limits, rules: standardRules } = read.data;
  return { name, hash: contentHash(json), effectiveFrom, ladder, limits, rules: standardRules };
}

/** A set by its name, such as standard-1; throws where there is no such file. */
export const standardParametersNamed = (name: string): StandardParameters =>
  standardParameters(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));

/** The set in force. */
export const standardParametersInForce = (): StandardParameters =>
  standardParametersNamed('standard-2');
