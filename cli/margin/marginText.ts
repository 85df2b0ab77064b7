/** A margin as text for people. */

import { format, isZero, type Usd } from '../../subgraphs/shared/units.js';
import type {
  MarginExplanation,
  ScenarioOutcome,
} from '../../subgraphs/margin/domain/marginModel.js';
import {
  LIQUIDATION_POSITIONS_MAX,
  type MarginReport,
} from '../../subgraphs/margin/graph/marginReport.js';
import { change, dollars } from './displayedAmounts.js';
import { explanationLines } from './explanationLines.js';
import { textTable } from './textTable.js';

/** Lines of text, without a line break at the end. */
export function marginText(report: MarginReport, isExplained: boolean): string {
  const { explanation } = report;
  const sections = [
    figures(report),
    worstScenarios(explanation?.worstScenarios ?? []),
    venues(report),
    liquidation(report),
    isExplained && explanation !== null ? explained(explanation) : [],
    origin(report),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function figures({ margin, standAlone }: MarginReport): readonly string[] {
  const { equity, collateralValue, unrealizedPnl, optionValue, marginRatio } = margin;
  return textTable(
    [
      ['Equity', dollars(equity), 'USD'],
      ['  collateral after haircuts', dollars(collateralValue), ''],
      ['  unrealized profit', dollars(unrealizedPnl), ''],
      ['  value of options', dollars(optionValue), ''],
      ['Initial margin', dollars(margin.initialMargin), `USD ${saving(standAlone.saving)}`],
      ['Maintenance margin', dollars(margin.maintenanceMargin), 'USD'],
      ['Free collateral', dollars(margin.freeCollateral), 'USD'],
      [
        'Margin ratio',
        marginRatio === null ? '-' : format(marginRatio).replace(/(\.\d{4})\d+$/, '$1'),
        marginRatio === null ? 'nothing is required' : 'equity ÷ maintenance margin',
      ],
    ],
    { rightAligned: [1] },
  );
}

const saving = (amount: Usd) =>
  isZero(amount) ? '' : `(netting over venues: ${change(amount)} saved)`;

function worstScenarios(outcomes: readonly ScenarioOutcome[]): readonly string[] {
  if (outcomes.length === 0) return [];
  const rows = outcomes.map(({ underlying, name, profit, weight }) => [
    `  ${underlying}`,
    name,
    change(profit),
    `weight ${format(weight)}`,
  ]);
  return ['Worst scenarios', ...textTable(rows, { rightAligned: [2] })];
}

function venues({ margin }: MarginReport): readonly string[] {
  if (margin.venues.length < 2) return [];
  const rows = margin.venues.map((venue) => [
    `  ${venue.venueAccountId}`,
    dollars(venue.equity),
    dollars(venue.initialMargin),
    dollars(venue.maintenanceMargin),
  ]);
  const head = ['Each venue alone', 'equity', 'initial', 'maintenance'];
  return textTable([head, ...rows], { rightAligned: [1, 2, 3] });
}

function liquidation({ liquidationPrices }: MarginReport): readonly string[] {
  if (liquidationPrices === null) {
    return [
      `Liquidation price  not worked out for more than ${LIQUIDATION_POSITIONS_MAX} positions`,
    ];
  }
  if (liquidationPrices.length === 0) return [];
  const rows = liquidationPrices.map(({ underlying, below, above }) => [
    `  ${underlying}`,
    below === null ? '-' : format(below),
    above === null ? '-' : format(above),
  ]);
  const head = ['Liquidation price', 'below', 'above'];
  return textTable([head, ...rows], { rightAligned: [1, 2] });
}

function explained(explanation: MarginExplanation): readonly string[] {
  const shares = explanation.attribution.map((line) => [
    `  ${line.venueAccountId}`,
    line.id,
    change(line.initialMargin),
    change(line.maintenanceMargin),
  ]);
  const head = ['Share of each position and balance', '', 'initial', 'maintenance'];
  return [
    'What made the initial margin',
    ...explanationLines(explanation.initialMargin).map((line) => `  ${line}`),
    '',
    'What made the maintenance margin',
    ...explanationLines(explanation.maintenanceMargin).map((line) => `  ${line}`),
    '',
    ...textTable([head, ...shares], { rightAligned: [2, 3] }),
  ];
}

function origin({ margin, snapshotHash }: MarginReport): readonly string[] {
  const { model, parameterSet, asOf, quality, reasons } = margin;
  return [
    ...textTable([
      ['Model', model],
      ['Parameter set', `${parameterSet.name}  ${parameterSet.hash}`],
      ['Snapshot', snapshotHash],
      ['As of', asOf.toISOString()],
      ['Quality', quality],
    ]),
    ...reasons.map((reason) => `  ${reason}`),
  ];
}
