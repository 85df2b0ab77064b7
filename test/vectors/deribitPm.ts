/**
 * deribit-pm: risk vectors of futures and perpetuals, to 1e-12, and the totals made of them, to
 * 1e-8, all in coins.
 */

import { z } from 'zod';
import { deltaExposure } from '../../subgraphs/margin/domain/delta/deltaExposure.js';
import { chargeRequirement } from '../../subgraphs/margin/domain/scenario/charges.js';
import { dampenedTailProfits } from '../../subgraphs/margin/domain/scenario/charges/dampenedTails.js';
import { preparedScan } from '../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scanProfits, worstScenario } from '../../subgraphs/margin/domain/scenario/scan.js';
import { scenarioRequirement } from '../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import type { Requirement } from '../../subgraphs/margin/domain/risk/requirement.js';
import { casesOfFiles } from './caseFiles.js';
import { exact, relative } from './compare.js';
import { coinBook, type CoinPosition } from './deribitPm/coinBook.js';
import { simulatedCase, type SimulatedCase } from './deribitPm/simulatedCase.js';
import { simulatedRules, type SimulatedRules } from './deribitPm/simulatedRules.js';
import type { Comparison, VectorSet } from './vectorSet.js';

const VECTOR_TOLERANCE = 1e-12;
const TOTAL_TOLERANCE = 1e-8;
/** The venue rounds on the way to 9 decimals, twice; of totals below this that is over the tolerance. */
const ROUNDED_BELOW = 0.2;

const contents = z.object({ cases: z.array(simulatedCase).min(1) });

export const deribitPm: VectorSet = {
  name: 'deribit-pm',
  cases: (directory) =>
    casesOfFiles(directory, '.json', (text) =>
      contents
        .parse(JSON.parse(text))
        .cases.map((one) => ({ id: one.id, check: () => comparisons(one) })),
    ),
};

function comparisons(given: SimulatedCase): readonly Comparison[] {
  const rules = simulatedRules(given);
  return [
    ...given.positions.flatMap((position) => instrumentVectors(given, rules, position)),
    ...aggregatedVector(given, rules),
    ...totals(given, rules),
    ...deltaShock(given),
  ];
}

/** A published vector against ours, entry by entry. */
function vector(what: string, expected: readonly number[], actual: readonly number[]) {
  return [
    exact(`${what}, entries`, expected.length, actual.length),
    ...expected.map((entry, i) =>
      relative(`${what} ${i + 1}`, entry, actual[i] ?? NaN, VECTOR_TOLERANCE),
    ),
  ];
}

/** Of one unit held alone: profits count in full here, before anything is aggregated. */
function instrumentVectors(given: SimulatedCase, rules: SimulatedRules, position: CoinPosition) {
  const published = given.expected.initial_risk_vectors[position.instrument];
  if (published === undefined) return [];
  const { underlying } = coinBook(given, [position]);
  const inCoins = (profits: Float64Array) => [...profits].map((one) => one / given.index);
  const scan = preparedScan({ ...rules.scan, profitShare: 1 }, underlying);
  return [
    ...vector(`${position.instrument} standard`, published.standard, inCoins(scanProfits(scan))),
    ...vector(
      `${position.instrument} extended`,
      published.extended,
      inCoins(dampenedTailProfits(rules.tails, underlying)),
    ),
  ];
}

/** The extended one depends on a dampener whose formula is not public: it is not compared. */
function aggregatedVector(given: SimulatedCase, rules: SimulatedRules): readonly Comparison[] {
  const [published] = Object.values(given.expected.aggregated_risk_vectors);
  const { underlying } = coinBook(given, given.positions);
  const profits = scanProfits(preparedScan(rules.scan, underlying));
  const inCoins = [...profits].map((one) => one / given.index);
  const place = worstScenario(profits);
  const { worst_case_bucket: bucket } = given.expected;
  return [
    ...(published === undefined ? [] : vector('aggregated standard', published.standard, inCoins)),
    ...(bucket?.source === 'standard' && place !== null
      ? [
          exact('worst case, index', bucket.index, place + 1),
          exact('worst case, bucket', bucket.bucket, Math.floor(place / rules.volatilities) + 1),
        ]
      : []),
  ];
}

/** What the case does not show the inputs of, or the formula: taken as published. */
function totals(given: SimulatedCase, rules: SimulatedRules): readonly Comparison[] {
  const { expected, index } = given;
  const { book } = coinBook(given, given.positions);
  const { initialMargin, maintenanceMargin } = scenarioRequirement(book, rules.rules);
  const shocks = expected.delta_shock + expected.correlation_contingency;
  const matrix = initialMargin.amount / index + shocks;
  const orders = expected.spot_margin + expected.mmp_margin + expected.open_orders_margin;
  const total = (what: string, published: number, actual: number) =>
    relative(what, published, actual, TOTAL_TOLERANCE, ROUNDED_BELOW);
  return [
    total('worst case', expected.worst_case, amountOf(initialMargin, 'LARGEST') / index),
    total('roll shock', expected.roll_shock, amountOf(initialMargin, 'ROLL') / index),
    total('risk matrix', expected.risk_matrix_margin, matrix),
    total('IM', expected.initial_margin, matrix + orders),
    total(
      'MM',
      expected.maintenance_margin,
      maintenanceMargin.amount / index + rules.maintenanceFactor * shocks,
    ),
  ];
}

/** Its formula is not public beyond the threshold; up to it there is none. */
function deltaShock({ model_params: given, ...rest }: SimulatedCase): readonly Comparison[] {
  const { max_delta_shock: maximum, delta_total_liq_shock_threshold: threshold } = given;
  const { m_inc: perUnit } = given;
  if (maximum === undefined || threshold === undefined || perUnit === undefined) return [];
  const scope = coinBook({ ...rest, model_params: given }, rest.positions);
  const { net, spot } = deltaExposure(scope.book, scope.underlying);
  if (Math.abs(net) * spot > threshold) return [];
  const charge = { kind: 'DELTA_SHOCK', threshold, perUnit, maximum } as const;
  const { amount } = chargeRequirement('DELTA_SHOCK', charge, scope);
  return [relative('delta shock', rest.expected.delta_shock, amount / rest.index, TOTAL_TOLERANCE)];
}

function amountOf(requirement: Requirement, code: string): number {
  if (requirement.code === code) return requirement.amount;
  return requirement.parts.reduce((sum, part) => sum + amountOf(part, code), 0);
}
