/** Cash of a venue account: what is settled, switched on and in the venue's own wallet. */

import {
  add,
  isPositive,
  isZero,
  smaller,
  subtract,
  type Quantity,
} from '../../../shared/units.js';
import type { Balance } from '../account/accountBook.js';

/** The balances with `amount` more of the asset, or less when negative: then it is borrowed. */
export function withCash(
  balances: readonly Balance[],
  asset: string,
  amount: Quantity,
): readonly Balance[] {
  if (isZero(amount)) return balances;
  const place = balances.findIndex((of) => of.asset === asset && isCash(of));
  const found = balances[place];
  if (found === undefined) {
    const cash = {
      asset,
      quantity: amount,
      location: 'VENUE',
      isSettled: true,
      isCollateral: true,
    };
    return [...balances, cash];
  }
  return replaced(balances, place, add(found.quantity, amount));
}

/** The balances without `amount` of the asset, wherever it is; null where not as much is settled. */
export function withoutHeld(
  balances: readonly Balance[],
  asset: string,
  amount: Quantity,
): readonly Balance[] | null {
  const place = balances.findIndex(
    (of) => of.asset === asset && of.isSettled && isPositive(of.quantity),
  );
  const found = balances[place];
  if (found === undefined) return isPositive(amount) ? null : balances;
  const taken = smaller(amount, found.quantity);
  const rest = replaced(balances, place, subtract(found.quantity, taken));
  const missing = subtract(amount, taken);
  return isPositive(missing) ? withoutHeld(rest, asset, missing) : rest;
}

const isCash = ({ isSettled, isCollateral, location }: Balance) =>
  isSettled && isCollateral && location === 'VENUE';

const replaced = (balances: readonly Balance[], place: number, amount: Quantity) =>
  isZero(amount)
    ? balances.filter((_, i) => i !== place)
    : balances.map((of, i) => (i === place ? { ...of, quantity: amount } : of));
