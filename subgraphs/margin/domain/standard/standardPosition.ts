/** Positions and balances as the standard rules take them: free of venues' contract forms. */

import type { Price, Quantity, Ratio, Usd } from '../../../shared/units.js';
import type { RiskLine } from '../risk/riskBook.js';

export interface StandardBook {
  readonly positions: readonly StandardPosition[];
  readonly balances: readonly StandardBalance[];
}

export type StandardPosition = StandardFuture | StandardOption;

interface PositionTerms {
  /** The same object wherever the position appears. */
  readonly line: RiskLine;
  readonly underlying: string;
  /** USD per unit of the underlying. */
  readonly markPrice: Price;
  /** What charges for doubtful prices are a share of: absolute size at a price; never negative. */
  readonly exposure: Usd;
  /** Of the least certain price behind it, from 0 to 1. */
  readonly confidence: Ratio;
  /** USD per unit of the stablecoin that it settles in; 1 where it settles in anything else. */
  readonly settlementPrice: Price;
}

/** A perpetual or a dated future. */
export interface StandardFuture extends PositionTerms {
  readonly kind: 'FUTURE';
  /** Absolute size at the mark; never negative. */
  readonly notional: Usd;
  readonly unrealizedPnl: Usd;
  /** Notional of all that is open in the instrument; null where that is not known. */
  readonly openNotional: Usd | null;
}

export interface StandardOption extends PositionTerms {
  readonly kind: 'OPTION';
  readonly expiry: Date;
  readonly strike: Price;
  readonly optionType: 'CALL' | 'PUT';
  /** Of the underlying; negative when short. */
  readonly units: Quantity;
  readonly indexPrice: Price;
  /** What calls that none bought pairs are charged a multiple of, USD per unit of the underlying. */
  readonly forward: Price;
  /** What was paid for it or received, USD per unit; null where that is not known in USD. */
  readonly entryPrice: Price | null;
  /** False while its venue has been silent for too long to hedge options at another. */
  readonly isTrusted: boolean;
}

export interface StandardBalance {
  readonly line: RiskLine;
  /** Negative when owed. */
  readonly marketValue: Usd;
  /** What counts of it after its haircut. */
  readonly creditedValue: Usd;
  /** Of its price, from 0 to 1. */
  readonly confidence: Ratio;
}
