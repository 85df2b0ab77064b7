/** Option names of the form `BTC-31DEC27-60000-C`, which Deribit and Bybit share. */

import { price, type Price } from '../../shared/units.js';
import type { OptionType } from '../contract/venueState.js';

export interface OptionName {
  readonly underlying: string;
  readonly expiry: Date;
  readonly strike: Price;
  readonly optionType: OptionType;
  /** What follows the type, such as `USDT` in `BTC-31DEC27-60000-C-USDT`; empty when nothing does. */
  readonly suffix: string;
}

const NAME = /^([A-Z]{2,10})-(\d{1,2})([A-Z]{3})(\d{2})-(\d{1,9})-([CP])(?:-([A-Z]+))?$/;
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
/** Both venues let options expire at 08:00 UTC. */
const EXPIRY_HOUR = 8;

/** Null when the name is of another form, or its date does not exist. */
export function optionName(name: string): OptionName | null {
  const parts = NAME.exec(name);
  if (!parts) return null;
  const [, underlying = '', day, month = '', year, strike = '', letter, suffix = ''] = parts;
  const monthIndex = MONTHS.indexOf(month);
  const expiry = new Date(Date.UTC(2000 + Number(year), monthIndex, Number(day), EXPIRY_HOUR));
  if (expiry.getUTCMonth() !== monthIndex || expiry.getUTCDate() !== Number(day)) return null;
  const optionType = letter === 'C' ? 'CALL' : 'PUT';
  return { underlying, expiry, strike: price(strike), optionType, suffix };
}
