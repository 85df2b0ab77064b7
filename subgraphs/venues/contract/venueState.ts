/** The contract's types in TypeScript: what a venue's parser produces and its subgraph serves. */

import type { Price, Quantity, Ratio } from '../../shared/units.js';

export type ContractType = 'LINEAR' | 'INVERSE' | 'OPTION';
export type OptionType = 'CALL' | 'PUT';

/** See `Instrument` in contract.graphql for units and signs. */
export interface Instrument {
  readonly id: string;
  readonly symbol: string;
  readonly contractType: ContractType;
  readonly underlying: string;
  readonly priceCurrency: string;
  readonly settlementCurrency: string;
  readonly contractMultiplier: Quantity;
  readonly expiry: Date | null;
  readonly strike: Price | null;
  readonly optionType: OptionType | null;
}

export interface Position {
  readonly id: string;
  readonly instrument: Instrument;
  readonly size: Quantity;
  readonly entryPrice: Price;
  readonly markPrice: Price;
  readonly unrealizedPnl: Quantity | null;
}

export interface CollateralBalance {
  readonly asset: string;
  readonly quantity: Quantity;
  readonly location: 'VENUE' | 'CUSTODY';
  readonly status: 'SETTLED' | 'IN_TRANSIT';
  readonly isCollateral: boolean;
}

export interface ReportedMargin {
  readonly currency: string;
  readonly equity: Quantity;
  readonly initialMargin: Quantity | null;
  readonly maintenanceMargin: Quantity | null;
  readonly marginRatio: Ratio | null;
  readonly venueTerms: readonly VenueTerm[];
}

export interface VenueTerm {
  readonly name: string;
  readonly value: string;
}

/** Everything one venue says of one account at one moment. */
export interface VenueState {
  /** The venue's own time of this state. */
  readonly asOf: Date;
  readonly positions: readonly Position[];
  readonly collateral: readonly CollateralBalance[];
  readonly reportedMargin: readonly ReportedMargin[];
  /** What the venue sent and its parser does not know, such as a new enumeration value. */
  readonly notices: readonly string[];
}
