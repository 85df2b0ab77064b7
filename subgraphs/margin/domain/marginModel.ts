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
  /**
   * Equity over the maintenance margin in float64, for searches that try many prices: what `evaluate`
   * says but for rounding, with less work. Null where equity or the maintenance margin is unknown.
   */
  surplus(
    book: AccountBook,
    market: MarketSnapshot,
    parameters: ParameterSet<Rules>,
  ): number | null;
  /**
   * What made the account's numbers: slower than `evaluate`, and equal to it. Null when the account's
   * margin is unknown.
   */
  explain(
    book: AccountBook,
    market: MarketSnapshot,
    parameters: ParameterSet<Rules>,
  ): MarginExplanation | null;
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

/** The requirement of an account taken apart, in the three ways that people ask for. */
export interface MarginExplanation {
  /** How the initial margin is put together; the root's amount is the account's initial margin. */
  readonly initialMargin: RequirementPart;
  readonly maintenanceMargin: RequirementPart;
  /** By position and balance, in the order of the venues' ids; sums exactly to both margins. */
  readonly attribution: readonly LineShare[];
  /** Every scenario of every underlying; empty for a model without scenarios. */
  readonly scenarios: readonly ScenarioOutcome[];
  /** The scenario that decides, one for each underlying that has one. */
  readonly worstScenarios: readonly ScenarioOutcome[];
}

/** See `Requirement` of the risk room; amounts are exact here, and each follows from its parts. */
export interface RequirementPart {
  readonly code: string;
  readonly of: string | null;
  readonly operation: 'LEAF' | 'SUM' | 'LARGEST' | 'SMALLEST' | 'SCALED';
  /** Of SCALED; null for the others. */
  readonly factor: Ratio | null;
  readonly amount: Usd;
  readonly detail: string | null;
  readonly parts: readonly RequirementPart[];
}

/** What one position or balance has in the requirement; negative where it lowers it, as a hedge. */
export interface LineShare {
  readonly venueAccountId: string;
  /** The position's id, or the asset's ticker for a balance. */
  readonly id: string;
  readonly kind: 'POSITION' | 'COLLATERAL';
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
}

export interface ScenarioOutcome {
  readonly underlying: string;
  /** Such as «-13.5% UP»; unique within the underlying. */
  readonly name: string;
  /** Relative move of the spot: −0.135. */
  readonly spotShock: Ratio;
  readonly volatilityShock: 'UP' | 'NONE' | 'DOWN' | 'LINEAR_SKEW' | 'ABSOLUTE_SKEW';
  /** Share of the result that counts; below 1 for tails. */
  readonly weight: Ratio;
  /** Profit in USD after weighting; negative is a loss, rounded down. */
  readonly profit: Usd;
}
