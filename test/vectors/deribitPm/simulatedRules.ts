/** The parameters of a case of deribit-pm, in our terms. */

import type { DampenedTails } from '../../../subgraphs/margin/domain/scenario/charges/dampenedTails.js';
import type { Component } from '../../../subgraphs/margin/domain/scenario/component.js';
import { gridScenario } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import type { ScanComponent } from '../../../subgraphs/margin/domain/scenario/scanComponent.js';
import type { ScenarioRules } from '../../../subgraphs/margin/domain/scenario/scenarioRules.js';
import type { SimulatedCase } from './simulatedCase.js';

export interface SimulatedRules {
  readonly scan: ScanComponent;
  readonly tails: DampenedTails;
  readonly rules: ScenarioRules;
  readonly maintenanceFactor: number;
  /** Entries of each bucket. */
  readonly volatilities: number;
}

/** Moves of the extended table, in the order of the venue's vectors. */
const EXTENDED = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5];

export function simulatedRules({ currency, model_params: given }: SimulatedCase): SimulatedRules {
  const own = given.currency[currency.toLowerCase()];
  if (own === undefined) throw new RangeError(`model_params.currency: no ${currency}`);
  const volatility = {
    shift: 'RELATIVE',
    up: given.volatility_range_up,
    down: given.volatility_range_down,
    upMin: given.min_volatility_for_shock_up,
    referenceDays: 30,
    daysMin: 1,
    shortPower: given.short_term_vega_power,
    longPower: given.long_term_vega_power,
  } as const;
  const shared = { volatility, discountsMarks: false, numeraire: 'UNDERLYING' } as const;
  const scan: ScanComponent = {
    ...shared,
    kind: 'SCAN',
    grid: bucketGrid(given),
    skew: null,
    staticDiscount: null,
    shockOf: 'MARK',
    profitShare: own.pnl_offset,
    staleness: null,
  };
  const tails: DampenedTails = {
    ...shared,
    kind: 'DAMPENED_TAILS',
    spots: EXTENDED,
    range: given.price_range * given.extended_table_factor,
    dampener: own.extended_dampener,
  };
  const roll = {
    kind: 'ROLL',
    annualised: own.annualised_move_risk,
    minimum: own.min_annualised_move,
  } as const;
  const matrix = { sum: [{ largest: ['SCAN', 'TAILS'] }, 'ROLL'] };
  const profile = {
    components: new Map<string, Component>([
      ['SCAN', scan],
      ['TAILS', tails],
      ['ROLL', roll],
    ]),
    initialMargin: matrix,
    maintenanceMargin: { factor: given.mm_factor, of: matrix },
  };
  const others = { maintenanceHaircut: 0, initialHaircut: 0, isRiskCancellingOf: null };
  return {
    scan,
    tails,
    rules: {
      byUnderlying: new Map(),
      others: profile,
      collateral: { countedIn: 'USD', byAsset: new Map(), others },
    },
    maintenanceFactor: given.mm_factor,
    volatilities: given.vol_scenarios_count,
  };
}

/** From the largest fall to the largest rise, each with every move of volatility. */
function bucketGrid(given: SimulatedCase['model_params']) {
  const { buckets_count: side, vol_scenarios_count: count, price_range: range } = given;
  const directions = count === 3 ? (['UP', 'NONE', 'DOWN'] as const) : (['NONE'] as const);
  if (count !== directions.length) throw new RangeError(`vol_scenarios_count: ${count} of 1 or 3`);
  return Array.from({ length: 2 * side + 1 }, (_, i) => ((i - side) / side) * range).flatMap(
    (spotShock) =>
      directions.map((volatility) =>
        gridScenario({ spotShock, futuresShock: null, volatility, weight: 1 }),
      ),
  );
}
