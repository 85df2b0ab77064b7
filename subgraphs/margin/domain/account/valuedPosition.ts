/** What a position is worth at given prices: the part of its margin that no model disputes. */

import type { Price, Usd } from '../../../shared/units.js';
import type { FutureInstrument, OptionInstrument, Position } from './accountBook.js';

export type ValuedPosition = ValuedFuture | ValuedOption;

export interface ValuedFuture extends PositionValue {
  readonly kind: 'FUTURE';
  readonly instrument: FutureInstrument;
}

export interface ValuedOption extends PositionValue {
  readonly kind: 'OPTION';
  readonly instrument: OptionInstrument;
  /** Of the underlying, in USD per unit. */
  readonly indexPrice: Price;
}

interface PositionValue {
  readonly position: Position;
  /** USD per unit of the underlying; the worse end where several prices stand in for one. */
  readonly markPrice: Price;
  /** Never negative, rounded up. */
  readonly notional: Usd;
  /** Rounded down; zero for options. */
  readonly unrealizedPnl: Usd;
  /** Rounded down, negative when short; zero for futures. */
  readonly optionValue: Usd;
}
