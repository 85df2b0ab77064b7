/** Reads a parameter set of the standard model from its JSON text, and names it by its hash. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLess, ratio } from '../../shared/units.js';
import { contentHash, type Json } from '../domain/canonicalJson.js';
import type { ParameterSet } from '../domain/parameterSet.js';
import type { StandardRules } from '../domain/standard/standardRules.js';

const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,18})?$/, 'a share or multiple such as "0.05", not negative')
  .transform(ratio);

const rates = z
  .strictObject({ initial: share, maintenance: share })
  .refine(({ initial, maintenance }) => !isLess(initial, maintenance), {
    error: 'the initial rate is below the maintenance rate',
  });

const ladder = z
  .strictObject({ liquidate: share, call: share, close: share, warn: share, clear: share })
  .refine(
    (levels) =>
      isLess(levels.liquidate, levels.call) &&
      isLess(levels.call, levels.close) &&
      isLess(levels.close, levels.warn) &&
      isLess(levels.warn, levels.clear),
    { error: 'levels must rise: liquidate < call < close < warn < clear' },
  );

const content = z.strictObject({
  name: z.string().regex(/^[a-z]+(-[a-z0-9]+)*-\d+$/, 'a name and a version, such as standard-1'),
  model: z.literal('standard'),
  ladder,
  limits: z.strictObject({
    priceAgeMsMax: z.int().positive(),
    staleCollateralGraceMs: z.int().nonnegative(),
  }),
  rules: z.strictObject({
    futures: z.strictObject({
      byUnderlying: z.record(z.string(), rates).transform((all) => new Map(Object.entries(all))),
      others: rates,
    }),
    shortOptions: z.strictObject({
      initialSpot: share,
      initialSpotMin: share,
      callMaintenanceSpot: share,
      putMaintenanceSpot: share,
      putMaintenanceMark: share,
      putInitialOverMaintenance: share,
    }),
  }),
});

/** Throws with every mistake in the text. The hash is over the file's content, as canonical JSON. */
export function standardParameters(text: string): ParameterSet<StandardRules> {
  const json = JSON.parse(text) as Json;
  const read = content.safeParse(json);
  if (!read.success) throw new Error(`Not a parameter set:\n${z.prettifyError(read.error)}`);
  const { name, ladder: levels, limits, rules } = read.data;
  return { name, hash: contentHash(json), ladder: levels, limits, rules };
}

/** The set in force. */
export const standardParametersInForce = (): ParameterSet<StandardRules> =>
  standardParameters(readFileSync(new URL('standard-1.json', import.meta.url), 'utf8'));
