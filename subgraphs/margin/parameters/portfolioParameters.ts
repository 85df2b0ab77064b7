/** Reads a parameter set of the portfolio model, which puts two other sets together. */

import { z } from 'zod';
import { contentHash, type Json } from '../domain/canonicalJson.js';
import type { ParameterSet } from '../domain/parameterSet.js';
import type { PortfolioRules } from '../domain/portfolio/portfolioMargin.js';
import type { ScenarioRules } from '../domain/scenario/scenarioRules.js';
import type { BookSensitivityRules } from '../domain/sensitivity/bookSensitivityRules.js';
import { effectiveFromSchema, ladderSchema, limitsSchema, nameSchema } from './ladderSchema.js';

const content = z.strictObject({
  name: nameSchema,
  model: z.literal('portfolio'),
  effectiveFrom: effectiveFromSchema,
  source: z.string().min(1),
  notes: z.array(z.string().min(1)).default([]),
  /** The names of the sets that it puts together. */
  scenario: nameSchema,
  sensitivity: nameSchema,
  ladder: ladderSchema,
  limits: limitsSchema,
});

/** What `name` is the name of; throws where there is none. */
export interface PortfolioParts {
  readonly scenario: (name: string) => ParameterSet<ScenarioRules>;
  readonly sensitivity: (name: string) => ParameterSet<BookSensitivityRules>;
}

/**
 * Throws with every mistake in the text. The hash is over the file's content and the hashes of both
 * sets that it names, so that it changes with either.
 */
export function portfolioParameters(
  text: string,
  parts: PortfolioParts,
): ParameterSet<PortfolioRules> {
  const json = JSON.parse(text) as Json;
  const read = content.safeParse(json);
  if (!read.success) throw new Error(`Not a parameter set:\n${z.prettifyError(read.error)}`);
  const { name, ladder, limits } = read.data;
  const scenario = parts.scenario(read.data.scenario);
  const sensitivity = parts.sensitivity(read.data.sensitivity);
  return {
    name,
    hash: contentHash([json, scenario.hash, sensitivity.hash]),
    ladder,
    limits,
    rules: { scenario: scenario.rules, sensitivity: sensitivity.rules },
  };
}
