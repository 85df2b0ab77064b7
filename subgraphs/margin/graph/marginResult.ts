/** How any result of a model looks in the graph: `MarginResult` in schema.graphql. */

import type { AccountMargin } from '../domain/marginModel.js';
import type { LiquidationPrices } from '../domain/portfolio/liquidationPrices.js';
import { graphExplanation } from './marginExplanation.js';
import type { MarginInputs, MarginReport } from './marginReport.js';

/** What a resolver of a result's fields is given: its figures, and where the others come from. */
export interface ResultParent extends AccountMargin {
  readonly report: MarginReport;
}

export const resultParent = (report: MarginReport): ResultParent => ({ ...report.margin, report });

/** Fields that are not figures, and those that take time: worked out when they are selected. */
export const resultFields = (
  liquidationPrices: (inputs: MarginInputs) => Promise<readonly LiquidationPrices[]>,
) => ({
  snapshotHash: ({ report }: ResultParent) => report.snapshotHash,
  worstScenarios: ({ report }: ResultParent) => report.explanation?.worstScenarios ?? null,
  standAloneInitialMargin: ({ report }: ResultParent) => report.standAlone.initialMargin,
  standAloneMaintenanceMargin: ({ report }: ResultParent) => report.standAlone.maintenanceMargin,
  nettingSaving: ({ report }: ResultParent) => report.standAlone.saving,
  explanation: ({ report }: ResultParent) =>
    report.explanation === null ? null : graphExplanation(report.explanation),
  liquidationPrices: ({ report }: ResultParent) => liquidationPrices(report.inputs),
});
