/** A parameter set bound to the model that it is for. */

import { z } from 'zod';
import type { AccountBook } from '../domain/account/accountBook.js';
import type { MarketSnapshot } from '../domain/account/marketSnapshot.js';
import type { AccountEvaluation, MarginExplanation, MarginModel } from '../domain/marginModel.js';
import type { AgeLimits, LadderLevels, ParameterSet } from '../domain/parameterSet.js';
import { portfolioMargin } from '../domain/portfolio/portfolioMargin.js';
import { scenarioMargin } from '../domain/portfolio/scenarioMargin.js';
import { sensitivityMargin } from '../domain/portfolio/sensitivityMargin.js';
import { isolatedMargin } from '../domain/standard/isolatedMargin.js';
import { standardMargin } from '../domain/standard/standardMargin.js';
import { effectiveFromSchema } from './ladderSchema.js';
import { portfolioParameters } from './portfolioParameters.js';
import { scenarioParameters } from './scenarioParameters.js';
import { sensitivityParameters } from './sensitivityParameters.js';
import { standardParameters } from './standardParameters.js';

/** ISOLATED and CROSS are the isolated and standard model, PORTFOLIO the portfolio model. */
export const MARGIN_MODELS = [
  'isolated',
  'standard',
  'scenario',
  'sensitivity',
  'portfolio',
] as const;
export type MarginModelName = (typeof MARGIN_MODELS)[number];

/** A parameter set bound to a model that reads it. */
export interface MarginSet {
  /** The standard sets are there twice: for the isolated model, and for the standard one. */
  readonly model: MarginModelName;
  /** Name and version, such as derive-pm2-1. */
  readonly name: string;
  /** The name without the version, which it has in common with what supersedes it: derive-pm2. */
  readonly preset: string;
  readonly version: number;
  readonly hash: string;
  readonly effectiveFrom: Date;
  /** The file's text: JSON, and where the numbers come from. */
  readonly content: string;
  readonly ladder: LadderLevels;
  readonly limits: AgeLimits;
  readonly evaluate: (book: AccountBook, market: MarketSnapshot) => AccountEvaluation;
  readonly surplus: (book: AccountBook, market: MarketSnapshot) => number | null;
  /** Null while the account's margin is unknown. */
  readonly explain: (book: AccountBook, market: MarketSnapshot) => MarginExplanation | null;
}

const heading = z.object({
  name: z.string(),
  model: z.enum(['standard', 'scenario', 'sensitivity', 'portfolio']),
  /** Left out of standard-1, which was in force before sets had dates. */
  effectiveFrom: effectiveFromSchema.default(new Date(0)),
});

/**
 * One for each model that reads the set. Throws with every mistake in the text.
 *
 * @param texts Of all sets, among which a portfolio set finds those that it names.
 */
export function boundSets(text: string, texts: readonly string[]): readonly MarginSet[] {
  switch (heading.parse(JSON.parse(text)).model) {
    case 'standard': {
      const parameters = standardParameters(text);
      return [
        boundSet('isolated', isolatedMargin, parameters, text),
        boundSet('standard', standardMargin, parameters, text),
      ];
    }
    case 'scenario':
      return [boundSet('scenario', scenarioMargin, scenarioParameters(text), text)];
    case 'sensitivity':
      return [boundSet('sensitivity', sensitivityMargin, sensitivityParameters(text), text)];
    case 'portfolio': {
      const parameters = portfolioParameters(text, {
        scenario: (name) => scenarioParameters(textNamed(name, texts)),
        sensitivity: (name) => sensitivityParameters(textNamed(name, texts)),
      });
      return [boundSet('portfolio', portfolioMargin, parameters, text)];
    }
  }
}

function textNamed(name: string, texts: readonly string[]): string {
  const found = texts.find((text) => heading.parse(JSON.parse(text)).name === name);
  if (found === undefined) throw new Error(`No parameter set is named ${name}`);
  return found;
}

function boundSet<Rules>(
  model: MarginModelName,
  rules: MarginModel<Rules>,
  parameters: ParameterSet<Rules>,
  content: string,
): MarginSet {
  const { name, hash, ladder, limits } = parameters;
  const [, preset = name, version = '0'] = /^(.*)-(\d+)$/.exec(name) ?? [];
  return {
    model,
    name,
    preset,
    version: Number(version),
    hash,
    effectiveFrom: heading.parse(JSON.parse(content)).effectiveFrom,
    content,
    ladder,
    limits,
    evaluate: (book, market) => rules.evaluate(book, market, parameters),
    surplus: (book, market) => rules.surplus(book, market, parameters),
    explain: (book, market) => rules.explain(book, market, parameters),
  };
}
