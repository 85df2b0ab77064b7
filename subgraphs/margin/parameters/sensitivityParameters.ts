/** Reads a parameter set of the sensitivity-based model from its JSON text, and names it by its hash. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { contentHash, type Json } from '../domain/canonicalJson.js';
import type { ParameterSet } from '../domain/parameterSet.js';
import { collateralRulesSchema } from '../domain/scenario/collateralRules.js';
import { bookRules } from '../domain/sensitivity/bookRules.js';
import type { BookSensitivityRules } from '../domain/sensitivity/bookSensitivityRules.js';
import { effectiveFromSchema, ladderSchema, limitsSchema, nameSchema } from './ladderSchema.js';

const share = z.number().min(0).max(1);
/** Above zero, and no larger than any that makes sense. */
const multiple = z.number().positive().max(1000);
const usd = z.number().positive().max(1e15);
const name = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a name such as LARGE_LAYER_ONE');

/** By both names, each pair once. */
const correlations = z.record(z.string(), z.record(z.string(), z.number().min(-1).max(1)));

const bucket = z.strictObject({
  tickers: z.array(z.string().min(1)),
  move: z.number().positive().max(100),
  deltaConcentrationUsd: usd,
  vegaWeights: z.record(z.string(), multiple),
  vegaConcentrationUsd: usd,
  curvatureMultiplier: multiple,
  otherNames: share,
});

const tenors = z
  .array(
    z.strictObject({
      label: z.string().regex(/^\d{1,3}[dwmy]$/, 'a tenor such as 3m'),
      days: z.number().min(0).max(36_500),
    }),
  )
  .min(1)
  .refine((all) => all.every((each, i) => i === 0 || each.days > (all[i - 1]?.days ?? 0)), {
    error: 'tenors must rise',
  });

const measure = z.strictObject({
  tenors,
  acrossTenors: correlations,
  acrossBuckets: correlations,
});

const content = z.strictObject({
  name: nameSchema,
  model: z.literal('sensitivity'),
  effectiveFrom: effectiveFromSchema,
  source: z.string().min(1),
  /** Where each number comes from. */
  notes: z.array(z.string().min(1)).min(1),
  ladder: ladderSchema,
  limits: limitsSchema,
  rules: z.strictObject({
    collateral: collateralRulesSchema,
    horizonDays: z.number().positive().max(365),
    maintenanceShare: share,
    buckets: z.record(name, bucket).transform((all) => new Map(Object.entries(all))),
    others: name,
    delta: measure,
    vega: measure.refine((read) => read.tenors.every(({ days }) => days > 0), {
      error: 'the tenors of volatilities are above 0 days',
      path: ['tenors'],
    }),
    /** Correlations across buckets as they turn in a crisis. */
    stresses: z.array(z.strictObject({ name, acrossBuckets: share })),
  }),
});

export interface SensitivityParameters extends ParameterSet<BookSensitivityRules> {
  /** The instant from which it may be in force. */
  readonly effectiveFrom: Date;
}

/**
 * Throws with every mistake in the text; InvalidCorrelations for correlations that no prices can
 * have. The hash is over the file's content, as canonical JSON.
 */
export function sensitivityParameters(text: string): SensitivityParameters {
  const json = JSON.parse(text) as Json;
  const read = content.safeParse(json);
  if (!read.success) throw new Error(`Not a parameter set:\n${z.prettifyError(read.error)}`);
  const { name: called, effectiveFrom, ladder, limits, rules } = read.data;
  return {
    name: called,
    hash: contentHash(json),
    effectiveFrom,
    ladder,
    limits,
    rules: bookRules(rules),
  };
}

/** A set by its name, such as sensitivity-1; throws where there is no such file. */
export const sensitivityParametersNamed = (called: string): SensitivityParameters =>
  sensitivityParameters(readFileSync(new URL(`${called}.json`, import.meta.url), 'utf8'));
