/** Derive's second portfolio manager: every scenario and every contingency of each portfolio. */

import { basename } from 'node:path';
import type { Requirement } from '../../subgraphs/margin/domain/risk/requirement.js';
import { countedBook } from '../../subgraphs/margin/domain/scenario/collateralRules.js';
import { optionTotals } from '../../subgraphs/margin/domain/scenario/optionTotals.js';
import { preparedScan } from '../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scenarioRequirement } from '../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import { volatilityMove } from '../../subgraphs/margin/domain/scenario/volatilityLaw.js';
import { casesOfFiles } from './caseFiles.js';
import { relative } from './compare.js';
import { caseBook, feedsByTime } from './derivePmrm/caseBook.js';
import { caseRules, caseScan } from './derivePmrm/caseRules.js';
import { portfolioCase, type PortfolioCase } from './derivePmrm/portfolioCase.js';
import type { Comparison, VectorSet } from './vectorSet.js';

/** Of its PROVENANCE. */
const LIMIT = 1e-8;

export const derivePmrm2: VectorSet = {
  name: 'derive-pmrm2',
  cases: (directory) =>
    casesOfFiles(directory, '.json', (text, file) => {
      const read = portfolioCase.parse(JSON.parse(text));
      return [{ id: basename(file, '.json'), check: () => comparisons(read) }];
    }),
};

function comparisons({ Scenario, Parameters, Result }: PortfolioCase): readonly Comparison[] {
  const rules = caseRules(Parameters);
  const book = caseBook(Scenario);
  const { initialMargin, maintenanceMargin, scenarios } = scenarioRequirement(book, rules);
  const profits = scenarios.flatMap((underlying) => underlying.scenarios);
  const worths = caseWorths(Scenario, Parameters);
  const equity =
    worths.options + worths.collateral + Scenario.UnrealisedPerpPNL + Scenario.UnrealisedFunding;
  const worth = equity + Scenario.Cash;

  const { reg_losses, tail_losses, skew_losses } = Result;
  const published = [...reg_losses, ...tail_losses, ...skew_losses].map((row) => row.at(-1));
  const groups = { reg: reg_losses.length, tail: tail_losses.length, skew: skew_losses.length };
  return [
    compared('IM', Result.IM, worth - initialMargin.amount),
    compared('MM', Result.MM, worth - maintenanceMargin.amount),
    compared('number of scenarios', published.length, profits.length),
    ...profits.map(({ name, profit }, i) =>
      compared(`scenario ${name}`, Number(published[i]), profit),
    ),
    ...worstComparisons(
      Result,
      groups,
      profits.map(({ profit }) => profit),
    ),
    compared('PortfolioMTM', Result.PortfolioMTM, worth),
    compared('OptionMTM', Result.OptionMTM, worths.options),
    compared('CollateralMTM', Result.CollateralMTM, worths.collateral),
    compared('ForwardContingency', Result.ForwardContingency, -amountOf(initialMargin, 'BASIS')),
    compared('MMPerpCont', Result.MMPerpCont, -amountOf(initialMargin, 'PERPETUAL_MM')),
    compared('IMPerpCont', Result.IMPerpCont, -amountOf(initialMargin, 'PERPETUAL_IM')),
    compared('MMBaseCont', Result.MMBaseCont, -amountOf(initialMargin, 'COLLATERAL_MM')),
    compared('IMBaseCont', Result.IMBaseCont, -amountOf(initialMargin, 'COLLATERAL_IM')),
    compared('MMOptionCont', Result.MMOptionCont, -amountOf(initialMargin, 'OPTION_MM')),
    compared('IMOptionCont', Result.IMOptionCont, -amountOf(initialMargin, 'OPTION_IM')),
    compared('OracleCont', Result.OracleCont, -amountOf(initialMargin, 'ORACLE')),
    compared('IMLossFactor', Result.IMLossFactor, nodeOf(initialMargin, 'FACTOR').factor),
    compared('MMLossFactor', Result.MMLossFactor, nodeOf(maintenanceMargin, 'FACTOR').factor),
    ...expiryComparisons({ Scenario, Parameters, Result }),
  ].filter((comparison) => comparison !== null);
}

/** Null where the file does not publish the number. */
const compared = (what: string, published: number | undefined, ours: number) =>
  published === undefined ? null : relative(what, published, ours, LIMIT);

/** What options and collateral are worth now, in the settlement currency. */
function caseWorths(scenario: PortfolioCase['Scenario'], parameters: PortfolioCase['Parameters']) {
  const { underlyings } = countedBook(caseBook(scenario), caseRules(parameters).collateral);
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const options = underlyings.flatMap((underlying) => {
    const prepared = preparedScan(caseScan(parameters), underlying);
    return [...optionTotals(prepared.market, prepared.options).today];
  });
  const collateral = underlyings.flatMap((underlying) =>
    underlying.collateral.map(({ quantity, price }) => quantity * price.price),
  );
  return { options: sum(options), collateral: sum(collateral) };
}

function worstComparisons(
  result: PortfolioCase['Result'],
  { reg, tail, skew }: { readonly reg: number; readonly tail: number; readonly skew: number },
  profits: readonly number[],
) {
  const worst = (first: number, count: number) => Math.min(...profits.slice(first, first + count));
  return [
    reg === 0 ? null : compared('worst_reg_loss', result.worst_reg_loss, worst(0, reg)),
    tail === 0 ? null : compared('worst_tail_loss', result.worst_tail_loss, worst(reg, tail)),
    skew === 0
      ? null
      : compared('worst_skew_loss', result.worst_skew_loss, worst(reg + tail, skew)),
  ];
}

/** What is the same for all the options of an expiry: discounts by feed, volatility moves by option. */
function expiryComparisons({ Scenario, Parameters, Result }: PortfolioCase) {
  const scan = caseScan(Parameters);
  const [underlying] = caseBook(Scenario).underlyings;
  if (underlying === undefined) return [];
  const { expiries } = preparedScan(scan, underlying).market;
  const feeds = feedsByTime(Scenario);
  const discounts = (Result.discount_factors ?? []).flatMap(([positive, negative], i) => {
    const feed = Scenario.OptionFeeds[i];
    const expiry = feed === undefined ? undefined : expiries[feeds.indexOf(feed)];
    return [
      compared(`discount_factors[${i}] long`, positive, expiry?.factors.positive ?? NaN),
      compared(`discount_factors[${i}] short`, negative, expiry?.factors.negative ?? NaN),
    ];
  });
  const moves = Scenario.Options.flatMap(({ Expiry }, i) => {
    const factor = (direction: 'UP' | 'DOWN') =>
      volatilityMove(scan.volatility, direction, Math.max(Expiry, 0)).factor;
    return [
      compared(`VolShockUpMultiplier[${i}]`, Result.VolShockUpMultiplier?.[i], factor('UP')),
      compared(`VolShockDownMultiplier[${i}]`, Result.VolShockDownMultiplier?.[i], factor('DOWN')),
    ];
  });
  return [...discounts, ...moves];
}

const amountOf = (root: Requirement, code: string) => nodeOf(root, code).amount;

function nodeOf(root: Requirement, code: string): Requirement {
  const found = nodes(root).find((node) => node.code === code);
  if (found === undefined) throw new Error(`The requirement has no ${code}`);
  return found;
}

const nodes = (node: Requirement): readonly Requirement[] => [node, ...node.parts.flatMap(nodes)];
