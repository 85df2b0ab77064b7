/** The demo's one use case that changes something: moving a price on command. */

import { badUserInput } from '../shared/errors.js';
import { format, isLess, isPositive, price, type Price } from '../shared/units.js';
import type { AssetPrice } from './domain/publishedPrice.js';
import { IdempotentCalls } from './idempotentCalls.js';

export interface MovePrice {
  readonly assetId: string;
  /** USD per unit. */
  readonly price: Price;
  readonly idempotencyKey: string;
}

/** What can be moved, and how. */
export interface MovablePrices {
  has(assetId: string): boolean;
  /** Resolves once the price is kept and published. */
  move(assetId: string, to: Price): Promise<AssetPrice>;
}

/** What all prices are measured in, so that it cannot move itself. */
const NUMERAIRE = 'USD';

/** Beyond these, quotients of two prices would no longer fit plain notation. */
const PRICE_MIN = price('0.000001');
const PRICE_MAX = price('1000000000');

const KEY_LENGTH_MAX = 128;
const REMEMBERED_CALLS_MAX = 10_000;

/**
 * Moves prices; a repeat with the same key returns the first answer and moves nothing. The returned
 * function throws BAD_USER_INPUT with the argument, or CONFLICT for a key that came with other input.
 */
export function priceMover(prices: MovablePrices): (input: MovePrice) => Promise<AssetPrice> {
  const calls = new IdempotentCalls<AssetPrice>(REMEMBERED_CALLS_MAX);
  return async (input) => {
    assertMovable(input, prices);
    const content = `${input.assetId} ${format(input.price)}`;
    return calls.run(input.idempotencyKey, content, () => prices.move(input.assetId, input.price));
  };
}

function assertMovable(input: MovePrice, prices: MovablePrices): void {
  const { assetId, price: to, idempotencyKey } = input;
  if (idempotencyKey.length === 0 || idempotencyKey.length > KEY_LENGTH_MAX) {
    throw badUserInput('idempotencyKey', `idempotencyKey has 1 to ${KEY_LENGTH_MAX} characters.`);
  }
  if (assetId === NUMERAIRE) {
    throw badUserInput('assetId', 'USD cannot move: it is what all prices are measured in.');
  }
  if (!prices.has(assetId)) {
    throw badUserInput('assetId', `The demo has no asset "${assetId}"; tickers are in capitals.`);
  }
  if (!isPositive(to)) throw badUserInput('price', `price is above zero, not ${format(to)}.`);
  if (isLess(to, PRICE_MIN) || isLess(PRICE_MAX, to)) {
    throw badUserInput(
      'price',
      `price is from ${format(PRICE_MIN)} to ${format(PRICE_MAX)}, not ${format(to)}.`,
    );
  }
}
