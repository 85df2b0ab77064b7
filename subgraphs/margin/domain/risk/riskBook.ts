/**
 * An account's book as the float64 models take it: exposures by underlying, numbered line by line.
 *
 * Built once from exact decimals (`riskBook` of the portfolio room); a model hands amounts back to
 * decimals rounded against the account. All amounts are USD unless a field says otherwise; shares
 * and volatilities are fractions (0.6 is 60 %); times are seconds, of years of 365 days.
 */

/** What one number of a result can be traced to: a position or a balance. */
export interface RiskLine {
  /** «venue»:«the venue's own account id». */
  readonly venueAccountId: string;
  /** The position's id, or the asset's ticker for a balance. */
  readonly id: string;
  readonly kind: 'POSITION' | 'COLLATERAL';
}

export interface RiskBook {
  /** Every line of the account. A venue's slice keeps the numbering, so its results add up. */
  readonly lines: readonly RiskLine[];
  /** Sorted by ticker, each once. */
  readonly underlyings: readonly UnderlyingRisk[];
  /** The currency of settlement, in USD; below 1 when it has lost its peg. */
  readonly stable: Feed;
}

/** A price with how far its sources vouch for it: 1 fully, 0 not at all. */
export interface Feed {
  readonly price: number;
  readonly confidence: number;
}

export interface UnderlyingRisk {
  readonly underlying: string;
  /** Index price. */
  readonly spot: Feed;
  /** Age of the oldest price behind it, in seconds; 0 when fresh. */
  readonly priceAgeSeconds: number;
  /** Confidence of the perpetual's feed; 1 where no perpetual is held. */
  readonly perpetualConfidence: number;
  /**
   * Past relative returns of the underlying over the margin period, oldest first, for expected
   * shortfall; empty where none is supplied.
   */
  readonly returns: readonly number[];
  readonly futures: readonly FutureRisk[];
  readonly options: readonly OptionRisk[];
  /** Rising by time; `OptionRisk.expiry` and `FutureRisk.expiry` are places in it. */
  readonly expiries: readonly ExpiryCurve[];
  /** Held units of this underlying, or of an asset that moves with it. */
  readonly collateral: readonly CollateralRisk[];
}

/** A perpetual or dated future. */
export interface FutureRisk {
  /** Its place in `RiskBook.lines`. */
  readonly line: number;
  readonly contract: 'LINEAR' | 'INVERSE' | 'QUANTO';
  /** LINEAR and QUANTO: signed units of the underlying. INVERSE: signed USD that the contracts stand for. */
  readonly quantity: number;
  /** In the price currency, above zero. */
  readonly mark: number;
  /** USD paid now for one unit of the price currency's move, per unit of quantity: 1 in USD; above 0. */
  readonly pointValue: number;
  /** QUANTO: the underlying whose price `pointValue` moves with; null for the others. */
  readonly pays: string | null;
  /** Place in `expiries`; null for a perpetual. */
  readonly expiry: number | null;
}

/** A European option on the forward of its expiry, paid in USD terms. */
export interface OptionRisk {
  readonly line: number;
  /** Place in `expiries`. */
  readonly expiry: number;
  /** Above zero, USD. */
  readonly strike: number;
  readonly isCall: boolean;
  /** Units of the underlying, negative when short. */
  readonly quantity: number;
  /** Implied, a year; at least 0. */
  readonly volatility: number;
  /** Of the volatility feed. */
  readonly confidence: number;
}

/** What is known of one expiry. */
export interface ExpiryCurve {
  /** Until expiry; 0 when it is reached. */
  readonly seconds: number;
  /** For settlement at expiry. */
  readonly forward: Feed;
  /** The part of `forward.price` that has settled already and moves no more; 0 unless near expiry. */
  readonly forwardFixed: number;
  /** Continuously compounded, a year. */
  readonly rate: Feed;
}

export interface CollateralRisk {
  readonly line: number;
  readonly asset: string;
  /** Units, negative when borrowed. */
  readonly quantity: number;
  readonly price: Feed;
  /** Whether its price moves with the underlying in the scenarios, so that it hedges positions. */
  readonly isRiskCancelling: boolean;
  /** Share of value that does not count for maintenance. */
  readonly maintenanceHaircut: number;
  /** Further share that does not count for initial margin. */
  readonly initialHaircut: number;
}
