/** What the model values: the positions and balances of one account over all its venues. */

import type { Price, Quantity } from '../../../shared/units.js';

export interface AccountBook {
  readonly accountId: string;
  /** One per linked venue account, in any order. */
  readonly venues: readonly VenueBook[];
}

export interface VenueBook {
  /** «venue»:«the venue's own account id». */
  readonly venueAccountId: string;
  /** The venue's slug. */
  readonly venue: string;
  /** Null while the venue has never told what stands there. */
  readonly state: VenueState | null;
  readonly condition: VenueCondition;
}

export interface VenueState {
  /** The venue's own time of this state. */
  readonly asOf: Date;
  readonly positions: readonly Position[];
  readonly balances: readonly Balance[];
}

/** How far a venue's state can be trusted; `since` is when it became the last known one. */
export type VenueCondition =
  | { readonly quality: 'LIVE' }
  | { readonly quality: 'DEGRADED'; readonly reason: string }
  | { readonly quality: 'STALE'; readonly reason: string; readonly since: Date };

/** Units and signs are those of the venue contract. */
export interface Position {
  /** Unique within the venue account. */
  readonly id: string;
  readonly instrument: Instrument;
  /** Contracts: positive when long, negative when short, never zero. */
  readonly size: Quantity;
  /** In the price currency per unit of the underlying; above zero for INVERSE. */
  readonly entryPrice: Price;
  /** The venue's own mark, in the price currency; above zero except for OPTION. */
  readonly markPrice: Price;
}

export type Instrument = FutureInstrument | OptionInstrument;

interface InstrumentTerms {
  /** «venue»:«symbol». */
  readonly id: string;
  readonly underlying: string;
  /** USD or an asset. */
  readonly priceCurrency: string;
  /** USD or an asset. */
  readonly settlementCurrency: string;
  /** Above zero: units of the underlying, or of the price currency for INVERSE. */
  readonly contractMultiplier: Quantity;
}

/** A perpetual or a dated future. */
export interface FutureInstrument extends InstrumentTerms {
  readonly contractType: 'LINEAR' | 'INVERSE';
  /** Null for a perpetual. */
  readonly expiry: Date | null;
}

export interface OptionInstrument extends InstrumentTerms {
  readonly contractType: 'OPTION';
  readonly expiry: Date;
  /** USD per unit of the underlying. */
  readonly strike: Price;
  readonly optionType: 'CALL' | 'PUT';
}

export interface Balance {
  readonly asset: string;
  /** Units of the asset; negative when borrowed. */
  readonly quantity: Quantity;
  readonly location: string;
  /** False while it is in transit, or in any state that we do not know to be final. */
  readonly isSettled: boolean;
  /** False where this asset is switched off as collateral. */
  readonly isCollateral: boolean;
}
