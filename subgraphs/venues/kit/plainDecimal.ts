/** Numbers as venues write them, brought into the one notation that crosses the graph. */

/** What shared/units.ts carries. */
const WHOLE_DIGITS = 20;
const FRACTION_DIGITS = 18;
const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The same number without an exponent and without zeros that say nothing: `-1e-08` gives
 * `-0.00000001`, `1.50` gives `1.5`. Null when the text is no number, or when it has more than 20
 * digits before or 18 after the point, so that it could only be carried rounded.
 */
export function plainDecimal(source: string): string | null {
  const parts = PARTS.exec(source);
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = withoutTrailingZeros(all);
  if (digits === '') return '0';
  // The number is `digits` × 10^scale.
  const scale = Number(exponent) - fraction.length + (all.length - digits.length);
  if (digits.length + scale > WHOLE_DIGITS || -scale > FRACTION_DIGITS) return null;
  return sign + placePoint(digits, scale);
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function placePoint(digits: string, scale: number): string {
  if (scale >= 0) return digits + '0'.repeat(scale);
  const padded = digits.padStart(1 - scale, '0');
  return `${padded.slice(0, scale)}.${padded.slice(scale)}`;
}
