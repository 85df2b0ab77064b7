/** A number that no rule here has a meaning for, such as a maintenance rate of 1.5. */
export class InvalidInput extends RangeError {
  override readonly name = 'InvalidInput';

  /** @param field The argument's own name, such as `entryPrice`. */
  constructor(
    readonly field: string,
    value: number | bigint | string,
    expected: string,
  ) {
    super(`${field}: ${String(value)} is not ${expected}`);
  }
}

/** Beyond any amount, price or size; products and quotients of several are still float64 numbers. */
const LARGEST = 1e40;

/** Throws InvalidInput unless −1e40 ≤ `value` ≤ 1e40. */
export function requireFinite(field: string, value: number): void {
  if (!(Math.abs(value) <= LARGEST)) {
    throw new InvalidInput(field, value, 'a finite number of at most 1e40');
  }
}

/** Throws InvalidInput unless 0 ≤ `value` ≤ 1e40. */
export function requireAtLeastZero(field: string, value: number): void {
  requireBetween(field, value, 0, LARGEST);
}

/** Throws InvalidInput unless 1e-40 ≤ `value` ≤ 1e40. */
export function requireAboveZero(field: string, value: number): void {
  if (!(value >= 1 / LARGEST && value <= LARGEST)) {
    throw new InvalidInput(field, value, 'above 0, between 1e-40 and 1e40');
  }
}

/** Throws InvalidInput unless `least` ≤ `value` ≤ `most`. */
export function requireBetween(field: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw new InvalidInput(field, value, `between ${least} and ${most}`);
  }
}
