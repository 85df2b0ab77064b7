/**
 * Decimals tagged with their unit, so that dollars cannot be added to bitcoins.
 *
 * The only module that constructs decimal.js objects. Sums are exact; products and quotients round
 * to 10⁻¹⁸ in the direction that their names say.
 */

import { Decimal } from 'decimal.js';

declare const unit: unique symbol;

/**
 * A decimal measured in `Unit`. Opaque, so none of decimal.js's own methods can mix units. The tag
 * is a function to make units invariant: with a plain `[unit]: Unit`, TypeScript would widen
 * `add(dollars, bitcoins)` and accept it.
 */
export interface Measure<Unit extends string> {
  readonly [unit]: (of: Unit) => Unit;
}

export type Usd = Measure<'USD'>;
/** Amount of one asset, in whole coins or contracts; negative when short or owed. */
export type Quantity = Measure<'asset'>;
/** Value of one unit of the asset. */
export type Price = Measure<'USD/asset'>;
/** Dimensionless share: 0.05 is five per cent. */
export type Ratio = Measure<'1'>;

// 60 significant digits, where decimal.js would silently keep 20. The unrounded result of an
// operation is cut to them in the same direction as to 10⁻¹⁸, so rounding twice cannot turn it.
const Exact = Decimal.clone({ defaults: true, precision: 60 });
const Down = Decimal.clone({ defaults: true, precision: 60, rounding: Decimal.ROUND_FLOOR });
const Up = Decimal.clone({ defaults: true, precision: 60, rounding: Decimal.ROUND_CEIL });

// Wide enough for the exact product of seven measures, so that only the final cut rounds.
const WideDown = Decimal.clone({ defaults: true, precision: 280, rounding: Decimal.ROUND_FLOOR });
const WideUp = Decimal.clone({ defaults: true, precision: 280, rounding: Decimal.ROUND_CEIL });

const FRACTION_DIGITS = 18;
const PLAIN_DECIMAL = /^-?\d{1,20}(?:\.\d{1,18})?$/;

const raw = <U extends string>(value: Measure<U>) => value as unknown as Decimal;

/** One constructor and no negative zero, so equal values are equal objects. */
const tag = <U extends string>(value: Decimal) =>
  new Exact(value.isZero() ? 0 : value) as unknown as Measure<U>;

/** Reads plain notation such as `-12.5`; throws RangeError on anything else, `1e3` included. */
const reader =
  <U extends string>() =>
  (text: string): Measure<U> => {
    if (!PLAIN_DECIMAL.test(text)) throw new RangeError(`Not a plain decimal: ${text}`);
    return tag(new Exact(text));
  };

export const usd = reader<'USD'>();
export const quantity = reader<'asset'>();
export const price = reader<'USD/asset'>();
export const ratio = reader<'1'>();

/** Shortest plain notation; the inverse of the readers above. */
export const format = <U extends string>(value: Measure<U>) => raw(value).toFixed();

export const add = <U extends string>(a: Measure<U>, b: Measure<U>): Measure<U> =>
  tag(raw(a).plus(raw(b)));

export const subtract = <U extends string>(a: Measure<U>, b: Measure<U>): Measure<U> =>
  tag(raw(a).minus(raw(b)));

export const negate = <U extends string>(a: Measure<U>): Measure<U> => tag(raw(a).neg());
export const abs = <U extends string>(a: Measure<U>): Measure<U> => tag(raw(a).abs());

export const sum = <U extends string>(values: readonly Measure<U>[]): Measure<U> =>
  tag(values.reduce((total, value) => total.plus(raw(value)), new Exact(0)));

export const larger = <U extends string>(a: Measure<U>, b: Measure<U>): Measure<U> =>
  raw(a).lt(raw(b)) ? b : a;

export const smaller = <U extends string>(a: Measure<U>, b: Measure<U>): Measure<U> =>
  raw(b).lt(raw(a)) ? b : a;

/** The multiple of `step` nearest to it, away from zero between two. `step` must be above zero. */
export const nearestMultiple = <U extends string>(value: Measure<U>, step: Measure<U>) =>
  tag<U>(raw(value).toNearest(raw(step), Decimal.ROUND_HALF_UP));

export const isLess = <U extends string>(a: Measure<U>, b: Measure<U>) => raw(a).lt(raw(b));
export const isEqual = <U extends string>(a: Measure<U>, b: Measure<U>) => raw(a).eq(raw(b));
export const isPositive = <U extends string>(a: Measure<U>) => raw(a).gt(0);
export const isNegative = <U extends string>(a: Measure<U>) => raw(a).lt(0);
export const isZero = <U extends string>(a: Measure<U>) => raw(a).isZero();

/** `part ÷ whole`, rounded toward −∞. `whole` must be positive. */
export const ratioFloor = <U extends string>(part: Measure<U>, whole: Measure<U>): Ratio =>
  toGrid(new Down(raw(part)).div(raw(whole)));

/** `size ÷ by`, or null when plain notation cannot hold it exactly. `by` must not be zero. */
export function quotientExact(size: Quantity, by: Quantity): Quantity | null {
  const result = new Exact(raw(size)).div(raw(by));
  return result.times(raw(by)).eq(raw(size)) && isPlain(result) ? tag(result) : null;
}

/** `size × multiple`, or null when plain notation cannot hold it exactly. */
export function productExact(size: Quantity, multiple: Ratio): Quantity | null {
  const result = new Exact(raw(size)).times(raw(multiple));
  return isPlain(result) ? tag(result) : null;
}

const isPlain = (value: Decimal) => PLAIN_DECIMAL.test(value.toFixed());

export const isWhole = <U extends string>(a: Measure<U>) => raw(a).isInteger();

/** Any measure, where a product mixes units; the caller vouches for the unit of the result. */
export type Factor = Quantity | Price | Ratio | Usd;

/**
 * Dollars that up to seven factors make, divided by up to seven non-zero divisors: exact, then
 * rounded once toward −∞.
 */
export const usdFloor = (factors: readonly Factor[], divisors: readonly Factor[] = []): Usd =>
  quotient(WideDown, factors, divisors);

/** The same toward +∞. */
export const usdCeil = (factors: readonly Factor[], divisors: readonly Factor[] = []): Usd =>
  quotient(WideUp, factors, divisors);

/** Units that up to seven factors make, exact, then rounded once toward −∞. */
export const quantityFloor = (factors: readonly Factor[]): Quantity =>
  quotient(WideDown, factors, []);

/** The price that up to seven factors make, divided like `usdFloor`, rounded once toward −∞. */
export const priceFloor = (factors: readonly Factor[], divisors: readonly Factor[] = []): Price =>
  quotient(WideDown, factors, divisors);

/** The same toward +∞. */
export const priceCeil = (factors: readonly Factor[], divisors: readonly Factor[] = []): Price =>
  quotient(WideUp, factors, divisors);

/**
 * A requirement priced in float64, rounded up to 10⁻⁸ dollars. Throws RangeError unless it is finite
 * and within what plain notation holds, ±10²⁰.
 */
export const requirementFromFloat = (amount: number): Usd => fromFloat(Up, amount, 8);

/** What is owned or gained, priced in float64: like `requirementFromFloat`, rounded toward −∞. */
export const usdFromFloat = (amount: number): Usd => fromFloat(Down, amount, 8);

/** A share computed in float64, rounded to the nearest 10⁻¹⁸; throws like `requirementFromFloat`. */
export const ratioFromFloat = (share: number): Ratio => fromFloat(Exact, share, FRACTION_DIGITS);

function fromFloat<U extends string>(
  Rounded: typeof Decimal,
  value: number,
  fractionDigits: number,
): Measure<U> {
  const result = Number.isFinite(value) ? new Rounded(value).toDecimalPlaces(fractionDigits) : null;
  if (result === null || !isPlain(result)) {
    throw new RangeError(`Not an amount of at most 20 digits: ${String(value)}`);
  }
  return tag(result);
}

/** The nearest float64: for pricing and for weights, never for amounts that add up. */
export const toFloat = <U extends string>(value: Measure<U>): number => raw(value).toNumber();

function quotient<U extends string>(
  Wide: typeof Decimal,
  factors: readonly Factor[],
  divisors: readonly Factor[],
): Measure<U> {
  const product = (values: readonly Factor[]) =>
    values.reduce((total, value) => total.times(rawFactor(value)), new Wide(1));
  const whole = product(factors);
  return toGrid(divisors.length === 0 ? whole : whole.div(product(divisors)));
}

const rawFactor = (value: Factor) => value as unknown as Decimal;

const toGrid = <U extends string>(value: Decimal): Measure<U> =>
  tag(value.toDecimalPlaces(FRACTION_DIGITS));
