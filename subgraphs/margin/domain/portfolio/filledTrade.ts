/** What a filled order leaves: the position after it, and what it pays or is paid in cash. */

import {
  abs,
  add,
  isNegative,
  isPositive,
  isZero,
  larger,
  negate,
  priceCeil,
  priceFloor,
  quantity,
  quantityFloor,
  smaller,
  subtract,
  usdCeil,
  usdFloor,
  type Price,
  type Quantity,
  type Usd,
} from '../../../shared/units.js';
import type { Instrument } from '../account/accountBook.js';

export interface Fill {
  readonly instrument: Instrument;
  /** Signed contracts, not zero. */
  readonly size: Quantity;
  /** In the price currency. */
  readonly price: Price;
}

/** Of one instrument. */
export interface Holding {
  readonly size: Quantity;
  readonly entryPrice: Price;
}

export interface FilledTrade {
  /** Null when nothing is left. */
  readonly held: Holding | null;
  /** Units of the settlement currency, rounded down; negative when paid. */
  readonly cash: Quantity;
}

/**
 * Adding averages the entry price, closing realizes the profit of what is closed, and an option's
 * premium is paid whichever way it goes. All rounding is against the account.
 *
 * @param settlementPerPrice Units of the settlement currency for one of the price currency; of
 * options alone.
 */
export function filledTrade(
  held: Holding | null,
  fill: Fill,
  settlementPerPrice: readonly [numerator: Price, denominator: Price],
): FilledTrade {
  const size = held === null ? fill.size : add(held.size, fill.size);
  const isAdding = held === null || isNegative(held.size) === isNegative(fill.size);
  const hasTurned = held !== null && isNegative(size) !== isNegative(held.size);
  const entryPrice = isAdding ? averageEntry(held, fill) : hasTurned ? fill.price : held.entryPrice;
  return {
    held: isZero(size) ? null : { size, entryPrice },
    cash:
      fill.instrument.contractType === 'OPTION'
        ? premium(fill, settlementPerPrice)
        : isAdding
          ? quantity('0')
          : realized(held, fill),
  };
}

/** Rounded up when long and down when short, so that no profit is made of it. */
function averageEntry(held: Holding | null, fill: Fill): Price {
  if (held === null) return fill.price;
  const [cheaper, dearer] = [
    smaller(held.entryPrice, fill.price),
    larger(held.entryPrice, fill.price),
  ];
  // Dust rounds far, even to nothing: an average is never outside of what it is of.
  return smaller(larger(roundedAverage(held, fill), cheaper), dearer);
}

function roundedAverage(held: Holding, { instrument, size, price }: Fill): Price {
  const rounded = isPositive(size) ? priceCeil : priceFloor;
  const whole = abs(add(held.size, size));
  const [before, added] = [abs(held.size), abs(size)];
  if (instrument.contractType !== 'INVERSE') {
    const towards = isPositive(size) ? usdCeil : usdFloor;
    const cost: Usd = add(towards([before, held.entryPrice]), towards([added, price]));
    return rounded([cost], [whole]);
  }
  // An inverse contract earns 1/entry − 1/mark: coins average, not prices.
  const towards = isPositive(size) ? usdFloor : usdCeil;
  const coins = add(towards([before], [held.entryPrice]), towards([added], [price]));
  return isZero(coins) ? larger(held.entryPrice, price) : rounded([whole], [coins]);
}

/** Of as much as is closed. */
function realized(held: Holding, { instrument, size, price }: Fill): Quantity {
  const isLess = isNegative(subtract(abs(size), abs(held.size)));
  const closed = isLess ? negate(size) : held.size;
  const gain = subtract(price, held.entryPrice);
  const divisors = instrument.contractType === 'INVERSE' ? [held.entryPrice, price] : [];
  return unitsOf(usdFloor([closed, instrument.contractMultiplier, gain], divisors));
}

const premium = (
  { instrument, size, price }: Fill,
  [numerator, denominator]: readonly [Price, Price],
): Quantity =>
  unitsOf(usdFloor([negate(size), instrument.contractMultiplier, price, numerator], [denominator]));

/** Here the amount is of the settlement currency, and exact already. */
const unitsOf = (amount: Usd): Quantity => quantityFloor([amount]);
