/**
 * Signed numbers with 18 digits after the point, as whole multiples of 10⁻¹⁸: what a ledger of the
 * Bluefin class counts in. Sums are exact; products and quotients round as their names say.
 */

import { quotientCeil, quotientFloor } from '../quantum/integerQuotient.js';

/** The number times 10¹⁸. */
export type Fixed = bigint;

const FRACTION_DIGITS = 18;
const PLAIN_DECIMAL = /^(-?)(\d{1,20})(?:\.(\d{1,18}))?$/;

export const ONE: Fixed = 10n ** BigInt(FRACTION_DIGITS);

/** Reads plain notation such as `-12.5`, what `format` of shared/units writes; throws RangeError on anything else. */
export function fixed(text: string): Fixed {
  const parts = PLAIN_DECIMAL.exec(text);
  if (!parts) throw new RangeError(`Not a plain decimal: ${text}`);
  const [, sign = '', whole = '', fraction = ''] = parts;
  const value = BigInt(whole + fraction.padEnd(FRACTION_DIGITS, '0'));
  return sign === '-' ? -value : value;
}

/** Shortest plain notation; the inverse of `fixed`. */
export function fixedText(value: Fixed): string {
  const digits = (value < 0n ? -value : value).toString().padStart(FRACTION_DIGITS + 1, '0');
  const point = digits.length - FRACTION_DIGITS;
  const fraction = digits.slice(point).replace(/0+$/, '');
  const text = fraction === '' ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`;
  return value < 0n ? `-${text}` : text;
}

/** `a × b`, toward −∞. */
export const multiplyFloor = (a: Fixed, b: Fixed): Fixed => quotientFloor(a * b, ONE);

/** `a × b`, toward +∞. */
export const multiplyCeil = (a: Fixed, b: Fixed): Fixed => quotientCeil(a * b, ONE);

/** `part ÷ whole`, toward −∞. `whole` must be above zero. */
export const divideFloor = (part: Fixed, whole: Fixed): Fixed => quotientFloor(part * ONE, whole);

/** `part ÷ whole`, toward +∞. `whole` must be above zero. */
export const divideCeil = (part: Fixed, whole: Fixed): Fixed => quotientCeil(part * ONE, whole);

/** Down to a whole number. */
export const wholeFloor = (value: Fixed): Fixed => quotientFloor(value, ONE) * ONE;

/** The multiple of `step` nearest to it, up between two. `step` must be above zero. */
export const nearestStep = (value: Fixed, step: Fixed): Fixed =>
  quotientFloor(2n * value + step, 2n * step) * step;

export const larger = (a: Fixed, b: Fixed): Fixed => (a < b ? b : a);

export const smaller = (a: Fixed, b: Fixed): Fixed => (a < b ? a : b);
