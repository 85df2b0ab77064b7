/** A number that no price exists for, such as a negative volatility. */
export class InvalidPricingInput extends RangeError {
  override readonly name = 'InvalidPricingInput';

  /** @param field The argument's own name, such as `volatility`. */
  constructor(
    readonly field: string,
    value: number,
    expected: string,
  ) {
    super(`${field}: ${String(value)} is not ${expected}`);
  }
}

/** Beyond any price, volatility or time; products and quotients of several are still float64 numbers. */
export const LARGEST_INPUT = 1e40;

/** Throws InvalidPricingInput unless −1e40 ≤ `value` ≤ 1e40. */
export function requireFinite(field: string, value: number): void {
  if (!(Math.abs(value) <= LARGEST_INPUT)) {
    throw new InvalidPricingInput(field, value, 'a finite number of at most 1e40');
  }
}

/** Throws InvalidPricingInput unless 0 ≤ `value` ≤ 1e40. */
export function requireAtLeastZero(field: string, value: number): void {
  if (!(value >= 0 && value <= LARGEST_INPUT)) {
    throw new InvalidPricingInput(field, value, 'between 0 and 1e40');
  }
}

/** Throws InvalidPricingInput unless 1e-40 ≤ `value` ≤ 1e40. */
export function requireAboveZero(field: string, value: number): void {
  if (!(value >= 1 / LARGEST_INPUT && value <= LARGEST_INPUT)) {
    throw new InvalidPricingInput(field, value, 'above 0, between 1e-40 and 1e40');
  }
}
