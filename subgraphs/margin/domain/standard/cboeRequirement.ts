/**
 * The requirement of a short option under Regulation T: its premium, and 20 % of the underlying less
 * what it is out of the money, at least 10 % of the underlying (call) or of the strike (put).
 * Source: Cboe margin manual, short listed equity options.
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
import type { CboeOptionRules } from './standardRules.js';

/** Rounded up; one amount for both. `option` is short. */
export function cboeRequirement(option: StandardOption, rules: CboeOptionRules): MarginPair {
  const { units, indexPrice, strike, optionType } = option;
  const reduced = subtract(priceCeil([rules.spot, indexPrice]), outOfTheMoney(option));
  const least =
    optionType === 'CALL'
      ? priceCeil([rules.callSpotMin, indexPrice])
      : priceCeil([rules.putStrikeMin, strike]);
  const required = usdCeil([abs(units), add(premium(option), larger(reduced, least))]);
  return { initialMargin: required, maintenanceMargin: required };
}

/** What was received for it, or what it costs to buy back where that is more. */
const premium = ({ entryPrice, markPrice }: StandardOption): Price =>
  entryPrice === null ? markPrice : larger(entryPrice, markPrice);
