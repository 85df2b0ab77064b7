/** What everything is worth, and which share of it counts, at one instant. */

import type { Price, Quantity, Ratio } from '../../../shared/units.js';
import type { AccountBook } from './accountBook.js';

export interface MarketSnapshot {
  /** The instant of the evaluation: ages are measured from it. */
  readonly at: Date;
  /** Index prices by ticker, USD per unit. USD itself is 1 and not listed. */
  readonly assets: ReadonlyMap<string, AssetQuote>;
  /** Mark prices by instrument id. */
  readonly instruments: ReadonlyMap<string, InstrumentQuote>;
  /** Share of a collateral asset's value that does not count, by ticker: 0 keeps all of it. */
  readonly haircuts: ReadonlyMap<string, Ratio>;
  /** By ticker of the underlying, one for each expiry; where none is known the index stands in. */
  readonly forwards: ReadonlyMap<string, readonly ForwardQuote[]>;
  /** By instrument id; where none is known the option's mark implies it. */
  readonly volatilities: ReadonlyMap<string, VolatilityQuote>;
  /** By ticker: past relative returns over the margin period, oldest first. */
  readonly returns: ReadonlyMap<string, readonly Ratio[]>;
  /** By instrument id: contracts open at the venue, each counted once; never negative. */
  readonly openInterests: ReadonlyMap<string, Quantity>;
}

export interface AssetQuote {
  readonly price: Price;
  readonly status: PriceStatus;
  readonly publishedAt: Date;
  /** How far the sources vouch for it, from 0 to 1; fully when left out. */
  readonly confidence?: Ratio;
}

/** What the underlying costs now for delivery at an expiry. */
export interface ForwardQuote {
  readonly expiry: Date;
  /** USD per unit, above zero. */
  readonly price: Price;
  /** The part of `price` that has settled already and moves no more; zero unless near expiry. */
  readonly settled: Price;
  /** Interest, continuously compounded, a year. */
  readonly rate: Ratio;
  /** Of the price, from 0 to 1. */
  readonly confidence: Ratio;
  /** Of the rate, from 0 to 1. */
  readonly rateConfidence: Ratio;
}

export interface VolatilityQuote {
  /** Implied, a year: 0.6 is 60 %. At least 0. */
  readonly volatility: Ratio;
  /** From 0 to 1. */
  readonly confidence: Ratio;
}

/** The parts of a market that a source of prices alone does not have. */
export const noCurves: Pick<
  MarketSnapshot,
  'forwards' | 'volatilities' | 'returns' | 'openInterests'
> = {
  forwards: new Map(),
  volatilities: new Map(),
  returns: new Map(),
  openInterests: new Map(),
};

export interface InstrumentQuote extends AssetQuote {
  /** What `price` is in, per unit of the underlying: USD or an asset. */
  readonly currency: string;
}

/** See `PriceStatus` in the oracle's schema; HALTED is as good as no price. */
export type PriceStatus = 'OK' | 'DEGRADED' | 'STALE' | 'HALTED';

/** Tickers and instrument ids whose price can change what a book is worth. */
export interface PriceKeys {
  readonly assets: ReadonlySet<string>;
  readonly instruments: ReadonlySet<string>;
}

export function priceKeys(book: AccountBook): PriceKeys {
  const states = book.venues.flatMap(({ state }) => state ?? []);
  const instruments = states.flatMap(({ positions }) => positions.map((p) => p.instrument));
  const assets = new Set([
    ...states.flatMap(({ balances }) => balances.map(({ asset }) => asset)),
    ...instruments.flatMap((i) => [i.underlying, i.priceCurrency, i.settlementCurrency]),
  ]);
  assets.delete('USD');
  return { assets, instruments: new Set(instruments.map(({ id }) => id)) };
}

/** The part of a market that a book depends on, copied, so that it outlives later changes. */
export const relevantMarket = (market: MarketSnapshot, keys: PriceKeys): MarketSnapshot => ({
  at: market.at,
  assets: picked(market.assets, keys.assets),
  instruments: picked(market.instruments, keys.instruments),
  haircuts: picked(market.haircuts, [...keys.assets, 'USD']),
  forwards: picked(market.forwards, keys.assets),
  volatilities: picked(market.volatilities, keys.instruments),
  returns: picked(market.returns, keys.assets),
  openInterests: picked(market.openInterests, keys.instruments),
});

const picked = <Value>(all: ReadonlyMap<string, Value>, keys: Iterable<string>) =>
  new Map(
    [...keys].flatMap((key) => {
      const value = all.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
