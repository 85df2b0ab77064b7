/**
 * The rules of the standard model as data. Source of their structure: Derive's standard manager
 * (docs.derive.xyz) and Deribit's standard margin; their numbers are in `../../parameters`.
 */

import type { Price, Ratio, Usd } from '../../../shared/units.js';

export interface StandardRules {
  readonly futures: {
    /** By ticker of the underlying. */
    readonly byUnderlying: ReadonlyMap<string, MarginRates>;
    readonly others: MarginRates;
  };
  readonly shortOptions: ShortOptionRules;
  /** What options of one expiry take off each other; null where each stands alone. */
  readonly spreads: SpreadRules | null;
  /** Null where prices count the same however few sources vouch for them. */
  readonly confidence: ConfidenceRules | null;
  /** Null where a stablecoin below its peg costs nothing. */
  readonly depeg: DepegRules | null;
}

/** Shares of notional. */
export interface MarginRates {
  readonly initial: Ratio;
  readonly maintenance: Ratio;
  /** Null where the rates are the same for every size. */
  readonly ladder: SizeLadder | null;
  /** Null where the rates are the same however much is open; never beside a ladder. */
  readonly openInterest: OpenInterestScaling | null;
}

/**
 * The initial rate rises in a straight line from its value where `lower` is open to the whole
 * notional at `upper`. Source: dYdX v4, liquidity tiers.
 */
export interface OpenInterestScaling {
  /** Notional of all that is open in the instrument. */
  readonly lower: Usd;
  /** Above `lower`. */
  readonly upper: Usd;
}

/** Rates that rise with a position's size, such as Deribit's 2 % + 0.005 % for each bitcoin. */
export interface SizeLadder {
  /** What both rates rise by with each unit of the underlying: 0.00005. */
  readonly perUnit: Ratio;
  /** Where they stop rising; at least the initial rate. */
  readonly rateMax: Ratio;
}

export type ShortOptionRules = DeriveOptionRules | CboeOptionRules;

/** Shares of the index price S or of the mark, per unit of the underlying. */
export interface DeriveOptionRules {
  readonly source: 'DERIVE';
  /** Initial margin before what the option is out of the money: 0.15 of S. */
  readonly initialSpot: Ratio;
  /** The least initial margin: 0.13 of S. */
  readonly initialSpotMin: Ratio;
  /** Maintenance margin of a call: 0.09 of S. */
  readonly callMaintenanceSpot: Ratio;
  /** Maintenance margin of a put is the larger of these two: 0.075 of S, 0.075 of the mark. */
  readonly putMaintenanceSpot: Ratio;
  readonly putMaintenanceMark: Ratio;
  /** Initial margin of a put is at least this multiple of its maintenance margin: 1.05. */
  readonly putInitialOverMaintenance: Ratio;
}

/** Regulation T as in Cboe's margin manual: premium and a share of the underlying. */
export interface CboeOptionRules {
  readonly source: 'CBOE';
  /** Before what the option is out of the money: 0.2 of S. */
  readonly spot: Ratio;
  /** The least of a call: 0.1 of S. */
  readonly callSpotMin: Ratio;
  /** The least of a put: 0.1 of the strike. */
  readonly putStrikeMin: Ratio;
}

/** The most that options of one expiry can lose at settlement, where that is less. */
export interface SpreadRules {
  /** Charged for each call sold without one bought, as multiples of the forward: 1.2 and 1.1. */
  readonly unpairedInitial: Ratio;
  readonly unpairedMaintenance: Ratio;
  /** Share of S for each option that is hedged at another venue only, whose index may differ. */
  readonly venueBasis: Ratio;
}

/** (1 − confidence) × factor × exposure on initial margin, below the threshold. */
export interface ConfidenceRules {
  readonly threshold: Ratio;
  readonly factor: Ratio;
}

/** (threshold − price) × factor × exposure on initial margin, below the threshold. */
export interface DepegRules {
  /** Tickers that ought to be worth a dollar. */
  readonly currencies: ReadonlySet<string>;
  /** Below this price. */
  readonly threshold: Price;
  readonly factor: Ratio;
}
