/** A scan of 33 scenarios with nothing beside it, so that a plain loop can answer the same. */

import { gridSchema } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import type { ScanComponent } from '../../../subgraphs/margin/domain/scenario/scanComponent.js';
import type { ScenarioRules } from '../../../subgraphs/margin/domain/scenario/scenarioRules.js';

const SPOTS = [-0.25, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25];

export const scan: ScanComponent = {
  kind: 'SCAN',
  grid: gridSchema.parse([{ spots: SPOTS, volatilities: ['UP', 'NONE', 'DOWN'] }]),
  volatility: {
    shift: 'RELATIVE',
    up: 0.5,
    down: 0.275,
    upMin: 0,
    referenceDays: 30,
    daysMin: 1,
    shortPower: 0.3,
    longPower: 0.13,
  },
  skew: null,
  discountsMarks: false,
  staticDiscount: null,
  shockOf: 'MARK',
  numeraire: 'USD',
  profitShare: 1,
  staleness: null,
};

export const scanRules: ScenarioRules = {
  byUnderlying: new Map(),
  others: {
    components: new Map([['SCAN', scan]]),
    initialMargin: 'SCAN',
    maintenanceMargin: 'SCAN',
  },
  collateral: {
    countedIn: 'USD',
    byAsset: new Map(),
    others: { maintenanceHaircut: 1, initialHaircut: 0, isRiskCancellingOf: null },
  },
};
