/**
 * The standard requirement of one position: a rate on notional for futures, Deribit's and Derive's
 * formulas for short options, nothing for long ones. Source: Derive's standard manager,
 * docs.derive.xyz; its numbers are data in `../parameters`.
 */

import {
  abs,
  add,
  isPositive,
  larger,
  priceCeil,
  price,
  subtract,
  usd,
  usdCeil,
  type Price,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import type { ValuedFuture, ValuedOption, ValuedPosition } from '../account/valuedPosition.js';

export interface StandardRules {
  readonly futures: {
    /** By ticker of the underlying. */
    readonly byUnderlying: ReadonlyMap<string, MarginRates>;
    readonly others: MarginRates;
  };
  readonly shortOptions: ShortOptionRules;
}

/** Shares of notional. */
export interface MarginRates {
  readonly initial: Ratio;
  readonly maintenance: Ratio;
}

/** Shares of the index price S or of the mark, per unit of the underlying. */
export interface ShortOptionRules {
  /** Initial margin before what the option is out of the money: 0.15 of S. */
  readonly initialSpot: Ratio;
  /** The least initial margin: 0.13 of S. */
  readonly initialSpotMin: Ratio;
  /** Maintenance margin of a call: 0.09 of S. */
  readonly callMaintenanceSpot: Ratio;
  /** Maintenance margin of a put is the larger of these two: 0.075 of S, 0.075 of the mark. */
  readonly putMaintenanceSpot: Ratio;
  readonly putMaintenanceMark: Ratio;
  /** Initial margin of a put is at least this multiple of its maintenance margin: 1.05. */
  readonly putInitialOverMaintenance: Ratio;
}

/** Both rounded up; the initial one is never below the maintenance one. */
export interface Requirement {
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

const NOTHING: Requirement = { initialMargin: usd('0'), maintenanceMargin: usd('0') };
const ZERO = price('0');

export function standardRequirement(valued: ValuedPosition, rules: StandardRules): Requirement {
  if (valued.kind === 'FUTURE') return futureRequirement(valued, rules.futures);
  if (isPositive(valued.position.size)) return NOTHING;
  return shortOptionRequirement(valued, rules.shortOptions);
}

function futureRequirement(
  { notional, instrument }: ValuedFuture,
  { byUnderlying, others }: StandardRules['futures'],
): Requirement {
  const rates = byUnderlying.get(instrument.underlying) ?? others;
  return atLeastMaintenance(
    usdCeil([notional, rates.initial]),
    usdCeil([notional, rates.maintenance]),
  );
}

function shortOptionRequirement(valued: ValuedOption, rules: ShortOptionRules): Requirement {
  const { position, instrument } = valued;
  const perUnit =
    instrument.optionType === 'CALL' ? shortCall(valued, rules) : shortPut(valued, rules);
  const requirement = (unitMargin: Price) =>
    usdCeil([abs(position.size), instrument.contractMultiplier, unitMargin]);
  return atLeastMaintenance(requirement(perUnit.initial), requirement(perUnit.maintenance));
}

/** USD per unit of the underlying. */
interface UnitMargin {
  readonly initial: Price;
  readonly maintenance: Price;
}

function shortCall(valued: ValuedOption, rules: ShortOptionRules): UnitMargin {
  const { indexPrice, markPrice, instrument } = valued;
  return {
    initial: callLikeInitial(valued, subtract(instrument.strike, indexPrice), rules),
    maintenance: add(priceCeil([rules.callMaintenanceSpot, indexPrice]), markPrice),
  };
}

function shortPut(valued: ValuedOption, rules: ShortOptionRules): UnitMargin {
  const { indexPrice, markPrice, instrument } = valued;
  const overSpot = priceCeil([rules.putMaintenanceSpot, indexPrice]);
  const overMark = priceCeil([rules.putMaintenanceMark, markPrice]);
  const maintenance = add(larger(overSpot, overMark), markPrice);
  return {
    initial: larger(
      callLikeInitial(valued, subtract(indexPrice, instrument.strike), rules),
      priceCeil([rules.putInitialOverMaintenance, maintenance]),
    ),
    maintenance,
  };
}

/** max(0.15 − OTM/S, 0.13) × S + mark, multiplied out so that nothing is divided. */
function callLikeInitial(
  { indexPrice, markPrice }: ValuedOption,
  outOfTheMoney: Price,
  rules: ShortOptionRules,
): Price {
  const reduced = subtract(priceCeil([rules.initialSpot, indexPrice]), larger(outOfTheMoney, ZERO));
  return add(larger(reduced, priceCeil([rules.initialSpotMin, indexPrice])), markPrice);
}

const atLeastMaintenance = (initial: Usd, maintenanceMargin: Usd): Requirement => ({
  initialMargin: larger(initial, maintenanceMargin),
  maintenanceMargin,
});
