/**
 * How many units of the underlying one venue's options hedge for another's, where that is most, over
 * all settlement prices of one expiry: what is exposed to a difference between the venues' indices.
 */

import {
  add,
  isEqual,
  isNegative,
  isPositive,
  larger,
  negate,
  quantity,
  smaller,
  subtract,
  sum,
  type Quantity,
} from '../../../shared/units.js';
import { byStrike, type OptionLeg } from './settlementRisk.js';

interface VenueLeg extends OptionLeg {
  readonly line: { readonly venueAccountId: string };
}

const NONE = quantity('0');

/**
 * At a settlement price, a venue's options gain with it by the calls below it and lose by the puts
 * above it: those are its deltas at expiry. Hedged is the smaller of all positive and all negative
 * ones. Never negative; the order of `legs` makes no difference.
 */
export function hedgedOverVenues(legs: readonly VenueLeg[]): Quantity {
  const deltas = new Map<string, Quantity>();
  for (const { line, optionType, units } of legs) {
    const before = deltas.get(line.venueAccountId) ?? NONE;
    deltas.set(line.venueAccountId, optionType === 'PUT' ? subtract(before, units) : before);
  }
  let most = hedged([...deltas.values()]);
  const rising = legs.toSorted(byStrike);
  rising.forEach((leg, i) => {
    const { venueAccountId } = leg.line;
    deltas.set(venueAccountId, add(deltas.get(venueAccountId) ?? NONE, leg.units));
    const next = rising[i + 1];
    // Between two legs of one strike there is no settlement price.
    if (next !== undefined && isEqual(next.strike, leg.strike)) return;
    most = larger(most, hedged([...deltas.values()]));
  });
  return most;
}

const hedged = (deltas: readonly Quantity[]): Quantity =>
  smaller(sum(deltas.filter(isPositive)), negate(sum(deltas.filter(isNegative))));
