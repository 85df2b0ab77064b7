/**
 * The requirement of a short option by Derive's formulas, which are Deribit's with a maintenance
 * margin of its own for puts. Source: docs.derive.xyz, standard margin; Derive's standard manager.
 */

import {
  abs,
  add,
  larger,
  priceCeil,
  subtract,
  usdCeil,
  type Price,
} from '../../../shared/units.js';
import type { MarginPair } from './marginPair.js';
import { outOfTheMoney } from './outOfTheMoney.js';
import type { StandardOption } from './standardPosition.js';
import type { DeriveOptionRules } from './standardRules.js';

/** Rounded up. `option` is short. */
export function deriveRequirement(option: StandardOption, rules: DeriveOptionRules): MarginPair {
  const perUnit = option.optionType === 'CALL' ? shortCall(option, rules) : shortPut(option, rules);
  const size = abs(option.units);
  return {
    initialMargin: usdCeil([size, perUnit.initial]),
    maintenanceMargin: usdCeil([size, perUnit.maintenance]),
  };
}

/** USD per unit of the underlying. */
interface UnitMargin {
  readonly initial: Price;
  readonly maintenance: Price;
}

function shortCall(option: StandardOption, rules: DeriveOptionRules): UnitMargin {
  const { indexPrice, markPrice } = option;
  return {
    initial: callLikeInitial(option, rules),
    maintenance: add(priceCeil([rules.callMaintenanceSpot, indexPrice]), markPrice),
  };
}

function shortPut(option: StandardOption, rules: DeriveOptionRules): UnitMargin {
  const { indexPrice, markPrice } = option;
  const overSpot = priceCeil([rules.putMaintenanceSpot, indexPrice]);
  const overMark = priceCeil([rules.putMaintenanceMark, markPrice]);
  const maintenance = add(larger(overSpot, overMark), markPrice);
  return {
    initial: larger(
      callLikeInitial(option, rules),
      priceCeil([rules.putInitialOverMaintenance, maintenance]),
    ),
    maintenance,
  };
}

/** max(0.15 − OTM/S, 0.13) × S + mark, multiplied out so that nothing is divided. */
function callLikeInitial(option: StandardOption, rules: DeriveOptionRules): Price {
  const { indexPrice, markPrice } = option;
  const reduced = subtract(priceCeil([rules.initialSpot, indexPrice]), outOfTheMoney(option));
  return add(larger(reduced, priceCeil([rules.initialSpotMin, indexPrice])), markPrice);
}
