/** Amounts for people: to the cent, with thousands apart. Programs ask for JSON, which is exact. */

import {
  format,
  isNegative,
  nearestMultiple,
  usd,
  type Usd,
} from '../../subgraphs/shared/units.js';

const CENT = usd('0.01');

/** Such as «-1,234.50». */
export function dollars(amount: Usd): string {
  const [whole = '0', fraction = ''] = format(nearestMultiple(amount, CENT)).split('.');
  return `${grouped(whole)}.${fraction.padEnd(2, '0')}`;
}

/** Like `dollars`, with a sign for gains too. */
export const change = (amount: Usd): string =>
  isNegative(amount) ? dollars(amount) : `+${dollars(amount)}`;

const grouped = (digits: string) => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');
