/** How a requirement's explanation looks in the graph. */

import { sum, type Usd } from '../../shared/units.js';
import type { LineShare, MarginExplanation } from '../domain/marginModel.js';
import { requirementTree } from './requirementNodes.js';

/** See `VenueShare` in schema.graphql. */
export interface VenueShare {
  readonly venueAccountId: string;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

/** See `MarginExplanation` in schema.graphql. */
export const graphExplanation = (explanation: MarginExplanation) => ({
  initialMargin: requirementTree(explanation.initialMargin),
  maintenanceMargin: requirementTree(explanation.maintenanceMargin),
  attribution: explanation.attribution.map(({ id, ...share }) => ({ ...share, lineId: id })),
  venueAttribution: venueShares(explanation.attribution),
  scenarios: explanation.scenarios,
  worstScenarios: explanation.worstScenarios,
});

/** Exact sums of the lines' shares, in the order of the lines. */
export function venueShares(lines: readonly LineShare[]): readonly VenueShare[] {
  const byVenue = new Map<string, LineShare[]>();
  for (const line of lines) {
    const shares = byVenue.get(line.venueAccountId);
    if (shares === undefined) byVenue.set(line.venueAccountId, [line]);
    else shares.push(line);
  }
  return [...byVenue].map(([venueAccountId, shares]) => ({
    venueAccountId,
    initialMargin: sum(shares.map(({ initialMargin }) => initialMargin)),
    maintenanceMargin: sum(shares.map(({ maintenanceMargin }) => maintenanceMargin)),
  }));
}
