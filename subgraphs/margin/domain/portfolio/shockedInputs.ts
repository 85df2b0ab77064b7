/** What an account's inputs would be if prices or volatilities of an underlying moved, or time went by. */

import {
  larger,
  priceFloor,
  ratioFromFloat,
  type Price,
  type Ratio,
} from '../../../shared/units.js';
import type { AccountBook } from '../account/accountBook.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { Inputs } from './evaluate.js';
import { repricedInputs } from './repricedInputs.js';

/** Relative moves, above −1: −0.1 is ten per cent down. */
export interface Shock {
  readonly price: number;
  readonly volatility: number;
}

/**
 * Moves the index, the forwards and the futures of `underlying` alike, and revalues its options from
 * there at their moved volatilities. Prices of other assets stay.
 */
export const shockedInputs = (before: Inputs, underlying: string, shock: Shock): Inputs =>
  repricedInputs(
    before,
    {
      book: before.book,
      market: movedMarket(before.market, underlying, ratioFromFloat(1 + shock.price)),
    },
    { isRepriced: (of) => of.underlying === underlying, volatility: 1 + shock.volatility },
  );

/** Time goes by, prices and what is known stay as fresh as they are: only the expiries come nearer. */
export function laterInputs(before: Inputs, milliseconds: number): Inputs {
  const later = (time: Date) => new Date(time.getTime() + milliseconds);
  const fresh = <Quote extends { readonly publishedAt: Date }>(
    quotes: ReadonlyMap<string, Quote>,
  ): ReadonlyMap<string, Quote> =>
    new Map([...quotes].map(([id, of]) => [id, { ...of, publishedAt: later(of.publishedAt) }]));
  const { market } = before;
  const after: Inputs = {
    book: withConditions(before.book, later),
    market: {
      ...market,
      at: later(market.at),
      assets: fresh(market.assets),
      instruments: fresh(market.instruments),
    },
  };
  return repricedInputs(before, after, { isRepriced: () => true, volatility: 1 });
}

function withConditions(book: AccountBook, later: (time: Date) => Date): AccountBook {
  return {
    ...book,
    venues: book.venues.map(({ condition, ...venue }) => ({
      ...venue,
      condition:
        condition.quality === 'STALE' ? { ...condition, since: later(condition.since) } : condition,
    })),
  };
}

function movedMarket(market: MarketSnapshot, underlying: string, multiple: Ratio): MarketSnapshot {
  const moved = <Of extends { readonly price: Price }>(of: Of): Of => ({
    ...of,
    price: priceFloor([of.price, multiple]),
  });
  const index = market.assets.get(underlying);
  const curve = market.forwards.get(underlying);
  return {
    ...market,
    assets:
      index === undefined ? market.assets : new Map(market.assets).set(underlying, moved(index)),
    forwards:
      curve === undefined
        ? market.forwards
        : new Map(market.forwards).set(
            underlying,
            // What has settled moves no more.
            curve.map((of) => ({ ...moved(of), price: larger(moved(of).price, of.settled) })),
          ),
  };
}
