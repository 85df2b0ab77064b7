/**
 * An account's inputs as they would be after hypothetical changes. Trades and collateral moves come
 * first, in their order and at today's prices; then prices and volatilities move, then time goes by.
 */

import {
  add,
  isLess,
  isNegative,
  isPositive,
  isZero,
  price,
  ratio,
  toFloat,
} from '../../../shared/units.js';
import type { AccountBook } from '../account/accountBook.js';
import { withCash, withoutHeld } from './cashBalance.js';
import { ChangeError } from './changeError.js';
import type { Inputs } from './evaluate.js';
import type {
  CollateralMove,
  HypotheticalChange,
  PriceShock,
  TimePassage,
} from './hypotheticalChange.js';
import { laterInputs, shockedInputs } from './shockedInputs.js';
import { tradedInputs } from './tradedInputs.js';
import { withVenueState } from './venueState.js';

/** Throws ChangeError, naming the first change that cannot be made and why. */
export function hypotheticalInputs(inputs: Inputs, changes: readonly HypotheticalChange[]): Inputs {
  const numbered = changes.map((change, place) => [change, place] as const);
  const order = (kinds: readonly HypotheticalChange['kind'][]) =>
    numbered.filter(([{ kind }]) => kinds.includes(kind));
  return [...order(['TRADE', 'COLLATERAL']), ...order(['SHOCK']), ...order(['TIME'])].reduce(
    (before, [change, place]) => changed(before, inputs.book, change, place),
    inputs,
  );
}

function changed(
  before: Inputs,
  known: AccountBook,
  change: HypotheticalChange,
  place: number,
): Inputs {
  switch (change.kind) {
    case 'TRADE':
      return tradedInputs(before, known, change, place);
    case 'COLLATERAL':
      return { ...before, book: movedCollateral(before, change, place) };
    case 'SHOCK':
      return shocked(before, change, place);
    case 'TIME':
      return later(before, change, place);
  }
}

/** Relative: 100,000 %. */
const MOVE_MAX = ratio('1000');
/** What plain notation holds. */
const PRICE_MAX = price('99999999999999999999');

function shocked(before: Inputs, { underlying, ...moves }: PriceShock, place: number): Inputs {
  if (!before.market.assets.has(underlying)) {
    throw new ChangeError(place, 'underlying', `no price of ${underlying} is known`);
  }
  if (!isPositive(add(moves.price, ratio('1')))) {
    throw new ChangeError(place, 'price', 'must be above -1: a price cannot fall to nothing');
  }
  if (isNegative(add(moves.volatility, ratio('1')))) {
    throw new ChangeError(place, 'volatility', 'must be at least -1');
  }
  for (const field of ['price', 'volatility'] as const) {
    if (isLess(MOVE_MAX, moves[field])) {
      throw new ChangeError(place, field, 'must be at most 1000, which is 100,000 %');
    }
  }
  const field = isZero(moves.price) ? 'volatility' : 'price';
  const after = withinReach(place, field, () =>
    shockedInputs(before, underlying, {
      price: toFloat(moves.price),
      volatility: toFloat(moves.volatility),
    }),
  );
  const index = after.market.assets.get(underlying)?.price;
  if (index !== undefined && !(isPositive(index) && !isLess(PRICE_MAX, index))) {
    const reason = `moves ${underlying} to nothing, or to more than 20 digits`;
    throw new ChangeError(place, 'price', reason);
  }
  return after;
}

/** Throws ChangeError where the change leaves what float64 can follow. */
function withinReach(place: number, field: string, change: () => Inputs): Inputs {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ChangeError(place, field, `leads beyond what can be priced: ${error.message}`);
  }
}

/** A century, so that the date stays one. */
const TIME_MAX_MS = 100 * 365 * 86_400_000;

function later(before: Inputs, { milliseconds }: TimePassage, place: number): Inputs {
  if (!(milliseconds >= 0 && milliseconds <= TIME_MAX_MS)) {
    throw new ChangeError(place, 'milliseconds', 'must be between 0 and a century');
  }
  return withinReach(place, 'milliseconds', () => laterInputs(before, milliseconds));
}

function movedCollateral(
  { book }: Inputs,
  { asset, quantity, from, to }: CollateralMove,
  place: number,
): AccountBook {
  if (!isPositive(quantity)) throw new ChangeError(place, 'quantity', 'must be above zero');
  if (from === null && to === null) {
    throw new ChangeError(place, 'to', 'must name a venue account where there is no source');
  }
  const taken =
    from === null
      ? book
      : withVenueState(book, from, { place, field: 'from' }, (state) => {
          const balances = withoutHeld(state.balances, asset, quantity);
          if (balances !== null) return { ...state, balances };
          throw new ChangeError(
            place,
            'quantity',
            `${from} does not hold as much settled ${asset}`,
          );
        });
  if (to === null) return taken;
  return withVenueState(taken, to, { place, field: 'to' }, (state) => ({
    ...state,
    balances: withCash(state.balances, asset, quantity),
  }));
}
