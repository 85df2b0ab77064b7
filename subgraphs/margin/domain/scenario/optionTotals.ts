/** What the options of each expiry are worth now and in every scenario: the engine's hot loop. */

import { blackValues } from './blackValues.js';
import { isSkew, type GridScenario, type VolatilityShock } from './gridScenario.js';
import { shockedForward } from './preparedExpiry.js';
import type { PreparedOptions } from './preparedOptions.js';
import { relativeMove, type ScanExpiry, type ScanMarket } from './scanMarket.js';
import { shockedDeviations } from './shockedDeviations.js';

export interface OptionTotals {
  /** USD now, by expiry. */
  readonly today: Float64Array;
  /** USD at the shocked prices, at expiry × number of scenarios + scenario. */
  readonly shocked: Float64Array;
}

export function optionTotals(market: ScanMarket, options: PreparedOptions): OptionTotals {
  const { expiries, grid } = market;
  const today = new Float64Array(expiries.length);
  const shocked = new Float64Array(expiries.length * grid.length);
  if (options.count === 0) return { today, shocked };

  const revaluation = optionRevaluation(market, options);
  addByExpiry(today, revaluation.today(), market, options, 1, 0);
  for (let s = 0; s < grid.length; s++) {
    addByExpiry(shocked, revaluation.shocked(grid[s]!), market, options, grid.length, s);
  }
  return { today, shocked };
}

/** Prices every option again and again; each answer overwrites the one before. */
export interface OptionRevaluation {
  /** USD per unit at expiry's money, by row. */
  readonly today: () => Float64Array;
  readonly shocked: (scenario: GridScenario) => Float64Array;
}

export function optionRevaluation(market: ScanMarket, options: PreparedOptions): OptionRevaluation {
  const forwards = new Float64Array(options.count);
  const values = new Float64Array(options.count);
  const deviations = new Map<VolatilityShock, Float64Array>();
  const deviationsOf = (shock: VolatilityShock) => {
    const known = deviations.get(shock) ?? shockedDeviations(market, options, shock);
    deviations.set(shock, known);
    return known;
  };
  const held = market.expiries
    .map((expiry, e) => ({ expiry, first: options.starts[e]!, end: options.starts[e + 1]! }))
    .filter(({ first, end }) => first < end);
  const price = (spotShock: number, volatility: VolatilityShock) => {
    for (const { expiry, first, end } of held) {
      forwards.fill(forwardAfter(market, expiry, spotShock), first, end);
    }
    blackValues(options.columns, forwards, deviationsOf(volatility), values);
    return values;
  };
  return {
    today: () => price(0, 'NONE'),
    shocked: (scenario) => price(forwardShock(scenario), scenario.volatility),
  };
}

/** Skew scenarios leave the forwards where they are. */
const forwardShock = ({ spotShock, volatility }: GridScenario) =>
  isSkew(volatility) ? 0 : spotShock;

/** Of one expiry, at least 0. */
const forwardAfter = (market: ScanMarket, expiry: ScanExpiry, spotShock: number) =>
  shockedForward(expiry, relativeMove(market, spotShock, expiry.forward));

function addByExpiry(
  totals: Float64Array,
  values: Float64Array,
  { expiries }: ScanMarket,
  { quantities, starts }: PreparedOptions,
  stride: number,
  offset: number,
): void {
  for (let e = 0; e < expiries.length; e++) {
    let total = 0;
    const end = starts[e + 1]!;
    for (let i = starts[e]!; i < end; i++) total += quantities[i]! * values[i]!;
    totals[e * stride + offset] = total * expiries[e]!.discount;
  }
}
