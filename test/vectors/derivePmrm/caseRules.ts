/** The parameters of one case of derive-pmrm2, in our terms. */

import type { RequirementTerm } from '../../../subgraphs/margin/domain/risk/requirementTerm.js';
import type { BasisScenario } from '../../../subgraphs/margin/domain/scenario/basisScenario.js';
import type { Component } from '../../../subgraphs/margin/domain/scenario/component.js';
import { gridScenario } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import type { ScanComponent } from '../../../subgraphs/margin/domain/scenario/scanComponent.js';
import type { ScenarioRules } from '../../../subgraphs/margin/domain/scenario/scenarioRules.js';
import type { PortfolioCase } from './portfolioCase.js';

type Parameters = PortfolioCase['Parameters'];

export function caseRules(parameters: Parameters): ScenarioRules {
  const other = parameters.OtherContingency;
  const components = new Map<string, Component>([
    ['SCAN', caseScan(parameters)],
    ['BASIS', caseBasis(parameters)],
    ['PERPETUAL_MM', { kind: 'PERPETUAL_CONTINGENCY', rate: other.MM_PERP_PERCENT }],
    ['PERPETUAL_IM', { kind: 'PERPETUAL_CONTINGENCY', rate: other.IM_PERP_PERCENT }],
    ['OPTION_MM', { kind: 'NAKED_SHORT_OPTION', rate: other.MM_OPTION_PERCENT }],
    ['OPTION_IM', { kind: 'NAKED_SHORT_OPTION', rate: other.IM_OPTION_PERCENT }],
    ['COLLATERAL_MM', { kind: 'COLLATERAL_HAIRCUT', level: 'MAINTENANCE' }],
    ['COLLATERAL_IM', { kind: 'COLLATERAL_HAIRCUT', level: 'INITIAL' }],
    [
      'ORACLE',
      { kind: 'ORACLE_CONFIDENCE', threshold: other.CONF_THRESHOLD, factor: other.CONF_MARGIN },
    ],
  ]);
  return {
    byUnderlying: new Map(),
    others: { components, ...caseTerms(parameters) },
    collateral: {
      countedIn: 'SETTLEMENT_CURRENCY',
      byAsset: new Map(),
      others: { maintenanceHaircut: 1, initialHaircut: 0, isRiskCancellingOf: null },
    },
  };
}

function caseTerms({ Margin, OtherContingency: other }: Parameters) {
  const depeg = { threshold: other.PEG_LOSS_THRESHOLD, factor: other.PEG_LOSS_FACTOR };
  const worst: RequirementTerm = { largest: ['SCAN', 'BASIS'] };
  const maintenance = ['PERPETUAL_MM', 'OPTION_MM', 'COLLATERAL_MM'];
  const initial = ['PERPETUAL_IM', 'OPTION_IM', 'COLLATERAL_IM', 'ORACLE'];
  return {
    initialMargin: {
      sum: [{ factor: Margin.IM_LOSS_FACTOR, depeg, of: worst }, ...maintenance, ...initial],
    },
    maintenanceMargin: { sum: [{ factor: Margin.MM_LOSS_FACTOR, of: worst }, ...maintenance] },
  };
}

const SHOCKS = {
  Up: 'UP',
  None: 'NONE',
  Down: 'DOWN',
  LINEAR: 'LINEAR_SKEW',
  ABS: 'ABSOLUTE_SKEW',
} as const;

export function caseScan({ Scenarios, SkewShock, VolShock, Margin }: Parameters): ScanComponent {
  return {
    kind: 'SCAN',
    grid: Scenarios.map((row) =>
      gridScenario({
        spotShock: row.SpotShock - 1,
        futuresShock: null,
        volatility: SHOCKS[row.VolShockDirection],
        weight: row.DampeningFactor,
      }),
    ),
    volatility: {
      shift: 'RELATIVE',
      up: VolShock.VOLRANGEUP,
      down: VolShock.VOLRANGEDOWN,
      upMin: VolShock.MIN_VOL_EVAL_SHOCKED,
      referenceDays: 30,
      daysMin: VolShock.DTE_FLOOR,
      shortPower: VolShock.SHORTTERMPOWER,
      longPower: VolShock.LONGTERMPOWER,
    },
    skew: {
      linear: { base: SkewShock.LINEAR_SCALE_CAP, perRootYear: SkewShock.LINEAR_CBASE },
      absolute: { base: SkewShock.ABS_SCALE_CAP, perRootYear: SkewShock.ABS_CBASE },
      widthMin: SkewShock.MIN_K_STAR,
      widthScale: SkewShock.MIN_WIDTH_SCALE,
      volatility: SkewShock.VOL_PARAM_STATIC,
      volatilityPerRootYear: SkewShock.VOL_PARAM_SCALE,
    },
    discountsMarks: true,
    staticDiscount: {
      long: {
        base: Margin.BASE_STATIC_DISCOUNT,
        rateFactor: Margin.LONG_RATE_MULTSCALE,
        rateAddition: Margin.LONG_RATE_ADDSCALE,
      },
      short: {
        base: Margin.BASE_STATIC_DISCOUNT_NEG,
        rateFactor: Margin.SHORT_RATE_MULTSCALE,
        rateAddition: Margin.SHORT_RATE_ADDSCALE,
      },
    },
    shockOf: 'MARK',
    numeraire: 'USD',
    profitShare: 1,
    staleness: null,
  };
}

const caseBasis = ({ BasisContingency: basis }: Parameters): BasisScenario => ({
  kind: 'BASIS_SCENARIO',
  up: basis.SCENARIO_SPOT_UP - 1,
  down: basis.SCENARIO_SPOT_DOWN - 1,
  share: basis.BASIS_CONT_ADD_FACTOR,
  sharePerYear: basis.BASIS_CONT_MULT_FACTOR,
  discountsMarks: true,
});
