/** How any result of a model looks in the graph: `MarginResult` in schema.graphql. */

import { operationTooCostly } from '../../shared/errors.js';
import type { AccountMargin } from '../domain/marginModel.js';
import { graphExplanation } from './marginExplanation.js';
import { LIQUIDATION_POSITIONS_MAX, type MarginReport } from './marginReport.js';

/** What a resolver of a result's fields is given: its figures, and where the others come from. */
export interface ResultParent extends AccountMargin {
  readonly report: MarginReport;
}

export const resultParent = (report: MarginReport): ResultParent => ({ ...report.margin, report });

/** Fields that are not figures, and those that take time: worked out when they are selected. */
export const resultFields = {
  snapshotHash: ({ report }: ResultParent) => report.snapshotHash,
  worstScenarios: ({ report }: ResultParent) => report.explanation?.worstScenarios ?? null,
  standAloneInitialMargin: ({ report }: ResultParent) => report.standAlone.initialMargin,
  standAloneMaintenanceMargin: ({ report }: ResultParent) => report.standAlone.maintenanceMargin,
  nettingSaving: ({ report }: ResultParent) => report.standAlone.saving,
  explanation: ({ report }: ResultParent) =>
    report.explanation === null ? null : graphExplanation(report.explanation),
  liquidationPrices: ({ report }: ResultParent) => {
    const prices = report.liquidationPrices;
    if (prices !== null) return prices;
    throw operationTooCostly(
      `Liquidation prices are worked out for at most ${LIQUIDATION_POSITIONS_MAX} positions.`,
    );
  },
};
