/**
 * The most that options of one underlying and expiry can lose when they settle, over settlement
 * prices of nothing and of each strike: between those, what they pay is a straight line. Above the
 * highest strike it has no bound where more calls are sold than bought. Source: Derive's standard
 * manager.
 */

import {
  add,
  isLess,
  larger,
  negate,
  price,
  quantity,
  subtract,
  sum,
  usd,
  usdFloor,
  type Price,
  type Quantity,
  type Usd,
} from '../../../shared/units.js';

/** An option by what it pays at expiry. */
export interface OptionLeg {
  /** Of the underlying; negative when short. */
  readonly units: Quantity;
  readonly strike: Price;
  readonly optionType: 'CALL' | 'PUT';
}

export interface SettlementRisk {
  /** USD, at least 0, rounded up; without what unpaired calls lose above the highest strike. */
  readonly loss: Usd;
  /** The lowest settlement price at which it is lost. */
  readonly settlementPrice: Price;
  /** Calls sold less calls bought, in units of the underlying; at least 0. */
  readonly unpairedCalls: Quantity;
}

const NOTHING = usd('0');
const FREE = price('0');
const NONE = quantity('0');

/** The order of `legs` makes no difference. */
export function settlementRisk(legs: readonly OptionLeg[]): SettlementRisk {
  const { payoff, settlementPrice } = worstSettlement(legs);
  const calls = sum(legs.flatMap(({ optionType, units }) => (optionType === 'CALL' ? units : [])));
  return {
    loss: larger(negate(payoff), NOTHING),
    settlementPrice,
    unpairedCalls: larger(negate(calls), NONE),
  };
}

interface Settlement {
  readonly settlementPrice: Price;
  /** Of all legs, rounded down. */
  readonly payoff: Usd;
}

/** Walks up the strikes, from one to the next along the slope between them. */
function worstSettlement(legs: readonly OptionLeg[]): Settlement {
  const puts = legs.filter(({ optionType }) => optionType === 'PUT');
  let payoff = sum(puts.map(({ units, strike }) => usdFloor([units, strike])));
  let slope = negate(sum(puts.map(({ units }) => units)));
  let at = FREE;
  let worst: Settlement = { settlementPrice: at, payoff };
  for (const { strike, units } of legs.toSorted(byStrike)) {
    payoff = add(payoff, usdFloor([slope, subtract(strike, at)]));
    at = strike;
    // Past its strike a call begins to pay and a put has stopped: the slope rises by either.
    slope = add(slope, units);
    if (isLess(payoff, worst.payoff)) worst = { settlementPrice: at, payoff };
  }
  return worst;
}

/** Rising. */
export const byStrike = (a: OptionLeg, b: OptionLeg): number =>
  isLess(a.strike, b.strike) ? -1 : isLess(b.strike, a.strike) ? 1 : 0;
