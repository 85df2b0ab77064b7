/** What would be: after trades and moves of the market, and under other parameters. */

import assert from 'node:assert/strict';
import { badUserInput, badUserInputAt, notFound } from '../shared/errors.js';
import { known, type AccountViews } from './accountViews.js';
import { ChangeError } from './domain/portfolio/changeError.js';
import type { Inputs } from './domain/portfolio/evaluate.js';
import { hypotheticalInputs } from './domain/portfolio/hypotheticalInputs.js';
import { incrementalMargin, type IncrementalMargin } from './domain/portfolio/incrementalMargin.js';
import { marginImpact, type MarginDifference } from './domain/portfolio/parameterImpact.js';
import { marginReport, type MarginReport } from './graph/marginReport.js';
import {
  changeField,
  whatIfChanges,
  type AskedChange,
  type WhatIfInput,
} from './graph/whatIfChanges.js';
import type { AccountView, LiveMargin } from './live/liveMargin.js';
import type { MarginParameters } from './parameters/marginParameters.js';
import type { MarginModelName, MarginSet } from './parameters/marginSet.js';
import { PortfolioDocumentError, portfolioInputs } from './portfolioDocument.js';

export interface HypotheticalServiceOptions {
  readonly live: Pick<LiveMargin, 'marketAround'>;
  readonly views: AccountViews;
  readonly parameters: MarginParameters;
  readonly now: () => Date;
}

/** See `WhatIf` in schema.graphql. */
export interface WhatIfAnswer {
  readonly before: MarginReport;
  readonly after: MarginReport;
  readonly difference: MarginDifference;
  readonly incremental: IncrementalMargin | null;
}

/** See `ParameterSetImpact` in schema.graphql. */
export interface ImpactAnswer {
  readonly current: MarginReport;
  readonly candidate: MarginReport;
  readonly difference: MarginDifference;
}

/** A portfolio as JSON: see portfolioDocument.ts. */
export interface PortfolioInput {
  readonly positions: readonly unknown[];
  readonly collateral: readonly unknown[];
}

/** More would keep the live margins of everybody waiting: this process works them out too. */
const PORTFOLIO_LINES_MAX = 1_000;
/** So many mistakes of a portfolio are told at once. */
const PROBLEMS_MAX = 100;

/** All methods throw PRICE_UNAVAILABLE or VENUE_UNAVAILABLE where a margin is not known. */
export class HypotheticalService {
  constructor(private readonly options: HypotheticalServiceOptions) {}

  /** Throws BAD_USER_INPUT with the path of what cannot be done. */
  whatIf(view: AccountView, input: WhatIfInput): WhatIfAnswer {
    const asked = whatIfChanges(input);
    const before = this.options.views.report(view);
    const { book, model } = view;
    // A trade may be in what the account has not held so far.
    const inputs: Inputs = { book, market: this.options.live.marketAround(view) };
    return withinRange(() => {
      const after = known(marginReport({ ...changed(inputs, asked), model }));
      const trades = asked.flatMap(({ change }) => (change.kind === 'TRADE' ? [change] : []));
      const evaluate = model.evaluate.bind(model);
      return {
        before,
        after,
        difference: differenceOf(before, after),
        incremental: incrementalMargin(evaluate, inputs, trades),
      };
    });
  }

  /** Throws NOT_FOUND where no set has this hash. */
  parameterSetImpact(view: AccountView, hash: string): ImpactAnswer {
    const model = this.candidate(hash, view.model);
    const current = this.options.views.report(view);
    const { book, market } = view;
    const candidate = known(marginReport({ book, market, model }));
    return { current, candidate, difference: differenceOf(current, candidate) };
  }

  /**
   * Throws BAD_USER_INPUT with every mistake in the portfolio, or naming the parameter set that there
   * is not.
   */
  portfolioMargin(
    document: PortfolioInput,
    model: MarginModelName,
    parameterSet: string | null,
  ): MarginReport {
    return withinRange(() => {
      const inputs = hypotheticalPortfolio(document, this.options.now());
      return known(marginReport({ ...inputs, model: this.chosen(model, parameterSet, inputs) }));
    });
  }

  private chosen(model: MarginModelName, name: string | null, { market }: Inputs): MarginSet {
    const { parameters } = this.options;
    if (name === null) return parameters.inForce(model, market.at);
    const found = parameters.named(model, name, market.at);
    if (found !== null) return found;
    const presets = parameters.presets(model).join(', ');
    throw badUserInput(
      'parameterSet',
      `The model ${model} has no parameter set "${name}" in force. It has ${presets}.`,
    );
  }

  /** Where several models read a set, that of the account, if it is one of them. */
  private candidate(hash: string, inForce: MarginSet): MarginSet {
    const sets = this.options.parameters.sets.filter((set) => set.hash === hash);
    const found = sets.find(({ model }) => model === inForce.model) ?? sets.at(-1);
    if (found === undefined) throw notFound('parameter set', hash);
    return found;
  }
}

/** Numbers that are plain by themselves may be beyond what can be computed with together. */
function withinRange<Result>(compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `its amounts are too large or too small together (${error.message})`;
    throw badUserInputAt('input', [{ path: 'input', message }]);
  }
}

function hypotheticalPortfolio(document: PortfolioInput, now: Date): Inputs {
  const problems = (['positions', 'collateral'] as const)
    .filter((list) => document[list].length > PORTFOLIO_LINES_MAX)
    .map((list) => ({
      path: `input.${list}`,
      message: `at most ${PORTFOLIO_LINES_MAX}, not ${document[list].length}`,
    }));
  if (problems.length > 0) throw badUserInputAt('input', problems);
  try {
    return portfolioInputs(document, now);
  } catch (error) {
    if (!(error instanceof PortfolioDocumentError)) throw error;
    const problems = error.mistakes.slice(0, PROBLEMS_MAX);
    throw badUserInputAt(
      'input',
      problems.map(({ path, message }) => ({ path: `input.${path}`, message })),
    );
  }
}

function changed(inputs: Inputs, asked: readonly AskedChange[]): Inputs {
  try {
    return hypotheticalInputs(
      inputs,
      asked.map(({ change }) => change),
    );
  } catch (error) {
    if (!(error instanceof ChangeError)) throw error;
    const path = `${asked[error.change]?.path ?? 'input'}.${changeField(error.field)}`;
    throw badUserInputAt('input', [{ path, message: error.reason }]);
  }
}

function differenceOf({ margin: before }: MarginReport, { margin: after }: MarginReport) {
  const { difference } = marginImpact(
    { account: before, venues: before.venues },
    { account: after, venues: after.venues },
  );
  assert(difference, 'both margins are known');
  return difference;
}
