/** A margin as a program reads it: names and exact decimals as in the graph. */

import { format, type Measure } from '../../subgraphs/shared/units.js';
import type {
  MarginTotals,
  ScenarioOutcome,
  VenueMargin,
} from '../../subgraphs/margin/domain/marginModel.js';
import type { MarginReport } from '../../subgraphs/margin/graph/marginReport.js';
import { graphExplanation } from '../../subgraphs/margin/graph/marginExplanation.js';

/** See `PortfolioMargin` in the margin subgraph's schema; `explanation` only when asked for. */
export function marginJson(report: MarginReport, isExplained: boolean): object {
  const { margin, standAlone, explanation } = report;
  return {
    model: margin.model,
    parameterSet: margin.parameterSet,
    snapshotHash: report.snapshotHash,
    asOf: margin.asOf.toISOString(),
    quality: margin.quality,
    reasons: margin.reasons,
    worstScenarios: (explanation?.worstScenarios ?? []).map(scenario),
    ...totals(margin),
    standAloneInitialMargin: format(standAlone.initialMargin),
    standAloneMaintenanceMargin: format(standAlone.maintenanceMargin),
    nettingSaving: format(standAlone.saving),
    liquidationPrices:
      report.liquidationPrices?.map(({ underlying, below, above }) => ({
        underlying,
        below: orNull(below),
        above: orNull(above),
      })) ?? null,
    venues: margin.venues.map(venue),
    ...(isExplained && explanation !== null && { explanation: explained(explanation) }),
  };
}

const orNull = <Unit extends string>(value: Measure<Unit> | null) => value && format(value);

const totals = (of: MarginTotals) => ({
  collateralValue: format(of.collateralValue),
  unrealizedPnl: format(of.unrealizedPnl),
  optionValue: format(of.optionValue),
  equity: format(of.equity),
  ...margins(of),
  freeCollateral: format(of.freeCollateral),
  marginRatio: orNull(of.marginRatio),
});

const margins = (of: Pick<MarginTotals, 'initialMargin' | 'maintenanceMargin'>) => ({
  initialMargin: format(of.initialMargin),
  maintenanceMargin: format(of.maintenanceMargin),
});

const scenario = (of: ScenarioOutcome) => ({
  ...of,
  spotShock: format(of.spotShock),
  weight: format(of.weight),
  profit: format(of.profit),
});

const venue = (of: VenueMargin) => ({
  venueAccountId: of.venueAccountId,
  quality: of.quality,
  asOf: of.asOf.toISOString(),
  ...totals(of),
  positions: of.positions.map((position) => ({
    positionId: position.positionId,
    instrumentId: position.instrumentId,
    markPrice: format(position.markPrice),
    notional: format(position.notional),
    unrealizedPnl: format(position.unrealizedPnl),
    optionValue: format(position.optionValue),
    ...margins(position),
  })),
  collateral: of.collateral.map((balance) => ({
    assetId: balance.assetId,
    quantity: format(balance.quantity),
    price: orNull(balance.price),
    marketValue: format(balance.marketValue),
    haircut: format(balance.haircut),
    creditedValue: format(balance.creditedValue),
  })),
});

function explained(of: NonNullable<MarginReport['explanation']>) {
  const { initialMargin, maintenanceMargin, attribution, venueAttribution, ...scenarios } =
    graphExplanation(of);
  const tree = ({ amount, nodes }: typeof initialMargin) => ({
    amount: format(amount),
    nodes: nodes.map((node) => ({
      ...node,
      factor: orNull(node.factor),
      amount: format(node.amount),
    })),
  });
  return {
    initialMargin: tree(initialMargin),
    maintenanceMargin: tree(maintenanceMargin),
    attribution: attribution.map((line) => ({ ...line, ...margins(line) })),
    venueAttribution: venueAttribution.map((share) => ({ ...share, ...margins(share) })),
    scenarios: scenarios.scenarios.map(scenario),
    worstScenarios: scenarios.worstScenarios.map(scenario),
  };
}
