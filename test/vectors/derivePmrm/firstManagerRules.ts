/** The parameters of derive-pmrm1 in our terms. */

import type { Component } from '../../../subgraphs/margin/domain/scenario/component.js';
import { gridScenario } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import type { ScanComponent } from '../../../subgraphs/margin/domain/scenario/scanComponent.js';
import type { ScenarioRules } from '../../../subgraphs/margin/domain/scenario/scenarioRules.js';
import type { Fixtures } from './firstManager.js';

type Parameters = Fixtures['pmrm_v1_params'];

export function firstManagerRules(parameters: Parameters): ScenarioRules {
  const components = new Map<string, Component>([
    ['SCAN', firstManagerScan(parameters)],
    [
      'BASIS',
      {
        kind: 'BASIS_SCENARIO',
        up: parameters.fwd_up - 1,
        down: parameters.fwd_down - 1,
        share: parameters.fwd_add,
        sharePerYear: parameters.fwd_mul,
        discountsMarks: false,
      },
    ],
    ['PERPETUAL', { kind: 'PERPETUAL_CONTINGENCY', rate: parameters.perp_percent }],
    ['BASE', { kind: 'COLLATERAL_HAIRCUT', level: 'MAINTENANCE' }],
    ['OPTION', { kind: 'NAKED_SHORT_OPTION', rate: parameters.option_percent }],
    [
      'ORACLE',
      {
        kind: 'ORACLE_CONFIDENCE',
        threshold: parameters.conf_threshold,
        factor: parameters.conf_margin,
      },
    ],
  ]);
  const maintenance = { sum: [{ largest: ['SCAN', 'BASIS'] }, 'PERPETUAL', 'BASE', 'OPTION'] };
  const depeg = { threshold: parameters.peg_loss_threshold, factor: parameters.peg_loss_factor };
  const initial = { factor: parameters.im_factor, depeg, of: maintenance };
  return {
    byUnderlying: new Map(),
    others: {
      components,
      initialMargin: { sum: [initial, 'ORACLE'] },
      maintenanceMargin: maintenance,
    },
    collateral: {
      countedIn: 'SETTLEMENT_CURRENCY',
      byAsset: new Map(),
      others: { maintenanceHaircut: 1, initialHaircut: 0, isRiskCancellingOf: null },
    },
  };
}

const SHOCKS = { Up: 'UP', None: 'NONE', Down: 'DOWN' } as const;

export function firstManagerScan(parameters: Parameters): ScanComponent {
  const [spots, shocks] = parameters.scenarios;
  return {
    kind: 'SCAN',
    grid: spots.flatMap((spot) =>
      shocks.map((shock) =>
        gridScenario({
          spotShock: spot - 1,
          futuresShock: null,
          volatility: SHOCKS[shock],
          weight: 1,
        }),
      ),
    ),
    volatility: {
      shift: 'RELATIVE',
      up: parameters.vol_range_up,
      down: parameters.vol_range_down,
      upMin: 0,
      referenceDays: 30,
      daysMin: parameters.dte_floor_days,
      shortPower: parameters.short_term_power,
      longPower: parameters.long_term_power,
    },
    skew: null,
    discountsMarks: false,
    staticDiscount: {
      long: {
        base: parameters.base_static_discount,
        rateFactor: parameters.rate_multi_scale,
        rateAddition: parameters.rate_add_scale,
      },
      short: { base: 1, rateFactor: 0, rateAddition: 0 },
    },
    shockOf: 'MARK',
    numeraire: 'USD',
    profitShare: 1,
    staleness: null,
  };
}
