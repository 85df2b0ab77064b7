/** What one fill does to an isolated position, and what its owner pays for it. */

import { absolute, quotientCeil, quotientFloor, sign } from '../quantum/integerQuotient.js';
import { multiplyCeil, multiplyFloor, smaller, type Fixed } from './fixed.js';
import { FLAT, type IsolatedPosition } from './isolatedPosition.js';

export interface Fill {
  /** With the sign of the trade: positive buys. Not zero. */
  readonly size: Fixed;
  /** What the size is traded for; never negative, the same for both sides. */
  readonly notional: Fixed;
  /** To post of what is opened. */
  readonly marginShare: Fixed;
  readonly feeRate: Fixed;
}

export interface FilledPosition {
  readonly position: IsolatedPosition;
  /** From the owner's bank balance, the fee included; negative when money comes back. */
  readonly payment: Fixed;
  readonly fee: Fixed;
  /** Realized, before fees. */
  readonly pnl: Fixed;
}

/** Part of a position that is taken off, with what it was entered for and its margin. */
export interface Reduction {
  readonly rest: IsolatedPosition;
  readonly entryNotional: Fixed;
  readonly margin: Fixed;
}

/**
 * Opens or adds at the fill's margin share; takes off with the part's own margin, and then opens the
 * rest on the other side. The fee on what is taken off is at most its equity. Null when the loss on
 * what is taken off exceeds its margin.
 */
export function filledPosition(position: IsolatedPosition, fill: Fill): FilledPosition | null {
  if (sign(position.size) !== -sign(fill.size)) return increased(position, fill);
  const size = absolute(fill.size);
  const held = absolute(position.size);
  if (size <= held) return decreased(position, fill);

  // The notional is split so that both parts sum to it: no dust is made or lost by a flip.
  const notional = quotientFloor(fill.notional * held, size);
  const closed = decreased(position, { ...fill, size: -position.size, notional });
  if (!closed) return null;
  const opened = increased(FLAT, {
    ...fill,
    size: fill.size + position.size,
    notional: fill.notional - notional,
  });
  return {
    position: opened.position,
    payment: closed.payment + opened.payment,
    fee: closed.fee + opened.fee,
    pnl: closed.pnl,
  };
}

/**
 * Takes `size` (unsigned, at most what is held) off. What rests rounds so that its margin ratio is
 * never below what the whole had.
 */
export function reduction(position: IsolatedPosition, size: Fixed): Reduction {
  const held = absolute(position.size);
  const rest = held - size;
  const margin = quotientCeil(position.margin * rest, held);
  const share = position.size > 0n ? quotientFloor : quotientCeil;
  const entryNotional = share(position.entryNotional * rest, held);
  return {
    rest:
      rest === 0n
        ? FLAT
        : { ...position, size: BigInt(sign(position.size)) * rest, entryNotional, margin },
    entryNotional: position.entryNotional - entryNotional,
    margin: position.margin - margin,
  };
}

function increased(position: IsolatedPosition, fill: Fill): FilledPosition {
  const margin = multiplyCeil(fill.notional, fill.marginShare);
  const fee = multiplyFloor(fill.notional, fill.feeRate);
  return {
    position: {
      size: position.size + fill.size,
      entryNotional: position.entryNotional + fill.notional,
      margin: position.margin + margin,
      marginShare: fill.marginShare,
    },
    payment: margin + fee,
    fee,
    pnl: 0n,
  };
}

function decreased(position: IsolatedPosition, fill: Fill): FilledPosition | null {
  const { rest, entryNotional, margin } = reduction(position, absolute(fill.size));
  const gain = fill.notional - entryNotional;
  const pnl = position.size > 0n ? gain : -gain;
  const equity = margin + pnl;
  if (equity < 0n) return null;
  const fee = smaller(multiplyFloor(fill.notional, fill.feeRate), equity);
  return { position: rest, payment: fee - equity, fee, pnl };
}
