/**
 * What every margin model answers: the requirement of an account and of each venue's slice.
 * Names, units and signs are those of schema.graphql.
 */

import type { Price, Quantity, Ratio, Usd } from '../../shared/units.js';
import type { AccountBook } from './account/accountBook.js';
import type { MarketSnapshot } from './account/marketSnapshot.js';
import type { ParameterSet } from './parameterSet.js';
import type { Quality } from './account/quality.js';

/** A pure rule; `Rules` are the numbers that it alone needs. */
export interface MarginModel<Rules> {
  readonly name: string;
  /** The order of venues, positions and balances in `book` makes no difference. */
  evaluate(
    book: AccountBook,
    market: MarketSnapshot,
    parameters: ParameterSet<Rules>,
  ): AccountEvaluation;
}

export interface AccountEvaluation {
  readonly account: AccountMargin | Unknown;
  /** Of each linked venue account, in the order of their ids. */
  readonly venues: readonly (VenueMargin | Unknown)[];
}

/** Some input is missing without which no cautious value can be given. */
export interface Unknown {
  readonly kind: 'unknown';
  /** The venue account, or the account when it is the account's result. */
  readonly id: string;
  /** Tickers without a usable price, sorted. */
  readonly unpriced: readonly string[];
  /** Venues without a usable state. */
  readonly venues: readonly { readonly venue: string; readonly reason: string }[];
}

/** Amounts that exist at both scopes. */
export interface MarginTotals {
  readonly collateralValue: Usd;
  readonly unrealizedPnl: Usd;
  readonly optionValue: Usd;
  readonly equity: Usd;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
  readonly freeCollateral: Usd;
  readonly marginRatio: Ratio | null;
}

export interface AccountMargin extends MarginTotals {
  readonly kind: 'known';
  readonly accountId: string;
  readonly model: string;
  readonly parameterSet: { readonly name: string; readonly hash: string };
  readonly asOf: Date;
  readonly quality: Quality;
  /** Sorted, each once. */
  readonly reasons: readonly string[];
  readonly venues: readonly VenueMargin[];
}

export interface VenueMargin extends MarginTotals {
  readonly kind: 'known';
  readonly venueAccountId: string;
  readonly asOf: Date;
  /** The oldest of `asOf` and the prices used. */
  readonly oldestInput: Date;
  readonly quality: Quality;
  readonly reasons: readonly string[];
  readonly positions: readonly PositionMargin[];
  readonly collateral: readonly CollateralValue[];
}

export interface PositionMargin {
  readonly positionId: string;
  readonly instrumentId: string;
  readonly markPrice: Price;
  readonly notional: Usd;
  readonly unrealizedPnl: Usd;
  readonly optionValue: Usd;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

export interface CollateralValue {
  readonly assetId: string;
  readonly quantity: Quantity;
  readonly price: Price | null;
  readonly marketValue: Usd;
  readonly haircut: Ratio;
  readonly creditedValue: Usd;
}
