/** What options of one expiry require for the most that they can lose at settlement together. */

import {
  add,
  format,
  isZero,
  larger,
  price,
  usdCeil,
  type Price,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import type { ChargedPosition } from './chargedPosition.js';
import { commonCharge, sumOf } from './exactRequirement.js';
import { hedgedOverVenues } from './hedgedOverVenues.js';
import { forBoth, type RequirementPair } from './marginPair.js';
import { settlementRisk, type SettlementRisk } from './settlementRisk.js';
import type { StandardOption } from './standardPosition.js';
import type { SpreadRules } from './standardRules.js';

const FREE = price('0');

/** @param each What each requires alone: the charges are shared as that is. */
export function settlementRequirement(
  options: readonly ChargedPosition<StandardOption>[],
  each: RequirementPair,
  spreads: SpreadRules,
): RequirementPair {
  const legs = options.map(({ position }) => position);
  const risk = settlementRisk(legs);
  const forward = highest(legs.map((leg) => leg.forward));
  const unpaired = {
    initialMargin: lossWith(spreads.unpairedInitial, risk, forward),
    maintenanceMargin: lossWith(spreads.unpairedMaintenance, risk, forward),
  };
  const loss = forBoth((kind) =>
    commonCharge({ code: 'MAX_LOSS', detail: detailOf(risk) }, unpaired[kind], each[kind]),
  );
  const hedged = hedgedOverVenues(legs);
  if (isZero(hedged)) return loss;
  const basis = usdCeil([hedged, spreads.venueBasis, highest(legs.map((leg) => leg.indexPrice))]);
  const detail = `${format(hedged)} units are hedged at another venue only.`;
  return forBoth((kind) =>
    sumOf({ code: 'NETTED' }, [
      loss[kind],
      commonCharge({ code: 'VENUE_BASIS', detail }, basis, each[kind]),
    ]),
  );
}

/** Charged instead of the loss of calls that none bought pairs, which has no bound. */
const lossWith = (unpaired: Ratio, { loss, unpairedCalls }: SettlementRisk, forward: Price): Usd =>
  add(loss, usdCeil([unpairedCalls, unpaired, forward]));

const detailOf = ({ settlementPrice, unpairedCalls }: SettlementRisk): string =>
  `At settlement at ${format(settlementPrice)}` +
  (isZero(unpairedCalls) ? '.' : `, and ${format(unpairedCalls)} calls sold beyond those bought.`);

const highest = (prices: readonly Price[]): Price =>
  prices.reduce((most, one) => larger(most, one), FREE);
