/** What somebody asks «what if» about. */

import type { Price, Quantity, Ratio } from '../../../shared/units.js';
import type { Instrument } from '../account/accountBook.js';
import type { VolatilityQuote } from '../account/marketSnapshot.js';

export type HypotheticalChange = Trade | PriceShock | TimePassage | CollateralMove;

/** An order that fills. Premiums and realized profit are paid in the settlement currency. */
export interface Trade {
  readonly kind: 'TRADE';
  /** Of the book. */
  readonly venueAccountId: string;
  /** The id of an instrument held somewhere in the book, or all of its terms. */
  readonly instrument: string | Instrument;
  /** Contracts: positive buys, negative sells. */
  readonly size: Quantity;
  /** In the price currency; null for the mark. */
  readonly price: Price | null;
  /** Of an instrument that the market does not price; null for the price of the trade. */
  readonly markPrice: Price | null;
  /** Of an option; null for the one known, or implied by its mark. */
  readonly volatility: VolatilityQuote | null;
}

/** A move of one underlying and of all that is priced off it. */
export interface PriceShock {
  readonly kind: 'SHOCK';
  readonly underlying: string;
  /** Relative, above −1: −0.1 is ten per cent down. */
  readonly price: Ratio;
  /** Relative, at least −1: 0.5 is from 60 % to 90 %. */
  readonly volatility: Ratio;
}

/** Expiries come nearer while prices and volatilities stay. */
export interface TimePassage {
  readonly kind: 'TIME';
  /** At least 0. */
  readonly milliseconds: number;
}

/** A deposit has no source, a withdrawal no destination. */
export interface CollateralMove {
  readonly kind: 'COLLATERAL';
  readonly asset: string;
  /** Above zero. */
  readonly quantity: Quantity;
  /** A venue account of the book, or null. */
  readonly from: string | null;
  readonly to: string | null;
}
