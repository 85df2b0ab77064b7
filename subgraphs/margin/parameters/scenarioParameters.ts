/** Reads a parameter set of the scenario model from its JSON text, and names it by its hash. */

import { z } from 'zod';
import { contentHash, type Json } from '../domain/canonicalJson.js';
import type { ParameterSet } from '../domain/parameterSet.js';
import { componentNames, requirementTermSchema } from '../domain/risk/requirementTerm.js';
import { collateralRulesSchema } from '../domain/scenario/collateralRules.js';
import { componentSchema } from '../domain/scenario/componentSchema.js';
import type { ScenarioProfile, ScenarioRules } from '../domain/scenario/scenarioRules.js';
import { effectiveFromSchema, ladderSchema, limitsSchema, nameSchema } from './ladderSchema.js';

const profile = z
  .strictObject({
    components: z.record(
      z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a name such as SCAN'),
      componentSchema,
    ),
    initialMargin: requirementTermSchema,
    maintenanceMargin: requirementTermSchema,
  })
  .superRefine((read, context) => {
    for (const margin of ['initialMargin', 'maintenanceMargin'] as const) {
      const names = componentNames(read[margin]);
      const missing = names.filter((name) => !Object.hasOwn(read.components, name));
      if (missing.length === 0) continue;
      const message = `names components that are not there: ${missing.join(', ')}`;
      context.addIssue({ code: 'custom', path: [margin], message });
    }
  })
  // Last, since a check after it would see what is unread wherever something else is wrong.
  .transform(({ components, ...terms }): ScenarioProfile => ({
    ...terms,
    components: new Map(Object.entries(components)),
  }));

const rules = z
  .strictObject({
    collateral: collateralRulesSchema,
    /** Profiles by a name of their own, so that underlyings can have one in common. */
    profiles: z.record(z.string(), profile),
    /** The name of each ticker's profile. */
    byUnderlying: z.record(z.string(), z.string()),
    others: z.string(),
  })
  .transform(({ collateral, profiles, byUnderlying, others }, context): ScenarioRules => {
    const byName = new Map(Object.entries(profiles));
    const named = (name: string, path: readonly string[]): ScenarioProfile => {
      const found = byName.get(name);
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', path: [...path], message: `no profile named ${name}` });
      return z.NEVER;
    };
    const tickers = Object.entries(byUnderlying);
    return {
      collateral,
      byUnderlying: new Map(
        tickers.map(([ticker, name]) => [ticker, named(name, ['byUnderlying', ticker])]),
      ),
      others: named(others, ['others']),
    };
  });

const content = z.strictObject({
  name: nameSchema,
  model: z.literal('scenario'),
  effectiveFrom: effectiveFromSchema,
  /** Where the numbers are published. */
  source: z.string().min(1),
  /** What a reader should know of them: what is left out, what is ours. */
  notes: z.array(z.string().min(1)).default([]),
  ladder: ladderSchema,
  limits: limitsSchema,
  rules,
});

/** Throws with every mistake in the text. The hash is over the file's content, as canonical JSON. */
export function scenarioParameters(text: string): ParameterSet<ScenarioRules> {
  const json = JSON.parse(text) as Json;
  const read = content.safeParse(json);
  if (!read.success) throw new Error(`Not a parameter set:\n${z.prettifyError(read.error)}`);
  const { name, ladder, limits, rules: scenarioRules } = read.data;
  return { name, hash: contentHash(json), ladder, limits, rules: scenarioRules };
}
