/**
 * The prices of each underlying at which an account would be liquidated: equity has fallen to the
 * maintenance margin, all other prices unchanged.
 */

import { isPositive, price, toFloat, type Price } from '../../../shared/units.js';
import { priceKeys } from '../account/marketSnapshot.js';
import { sortedUnique } from '../textOrder.js';
import type { Inputs, Surplus } from './evaluate.js';
import { firstRoot } from './firstRoot.js';
import { shockedInputs } from './shockedInputs.js';

/**
 * Index prices in USD; everything priced off the index moves along, at unchanged volatilities. Null
 * where no price in that direction, down to a thousandth and up to a hundredfold, but less than 10²⁰,
 * liquidates. While the account is in breach both are the present price.
 */
export interface LiquidationPrices {
  readonly underlying: string;
  readonly below: Price | null;
  readonly above: Price | null;
}

// Multiples of the present price, outward. Options may give several roots: the first is found as
// long as equity does not cross the requirement twice between two of these.
const DOWN = [
  0.99, 0.98, 0.97, 0.95, 0.925, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05,
  0.01, 0.001,
];
const UP = [
  1.01, 1.02, 1.03, 1.05, 1.075, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.5, 3, 4, 6, 10,
  20, 50, 100,
];

/**
 * For every underlying of a position, sorted; empty while the account's margin is unknown. Each price
 * is within 10⁻⁹ of the root.
 *
 * @param surplus Of a margin model bound to its parameters.
 */
export function liquidationPrices(surplus: Surplus, inputs: Inputs): readonly LiquidationPrices[] {
  const present = surplus(inputs.book, inputs.market);
  if (present === null) return [];
  return underlyingsOf(inputs).flatMap((underlying): LiquidationPrices[] => {
    const index = inputs.market.assets.get(underlying)?.price;
    if (index === undefined || !isPositive(index)) return [];
    if (present < 0) return [{ underlying, below: index, above: index }];
    const surplusAt = (multiple: number) => {
      const shock = { price: multiple - 1, volatility: 0 };
      const { book, market } = shockedInputs(inputs, underlying, shock);
      return surplus(book, market);
    };
    const found = (multiples: readonly number[]) => {
      const root = firstRoot(surplusAt, present, multiples);
      return root === null ? null : scaledPrice(index, root);
    };
    return [{ underlying, below: found(DOWN), above: found(UP) }];
  });
}

function underlyingsOf({ book }: Inputs): readonly string[] {
  const positions = book.venues.flatMap(({ state }) => state?.positions ?? []);
  const priced = priceKeys(book).assets;
  return sortedUnique(positions.map(({ instrument }) => instrument.underlying)).filter((asset) =>
    priced.has(asset),
  );
}

/** To twelve digits, which is finer than the root is known; null beyond what can be written. */
function scaledPrice(index: Price, multiple: number): Price | null {
  const scaled = toFloat(index) * multiple;
  if (scaled >= 1e20) return null;
  const fractionDigits = 11 - Math.floor(Math.log10(scaled));
  return price(scaled.toFixed(Math.min(18, Math.max(0, fractionDigits))));
}
