/**
 * All the money of one isolated market: what every account has in the bank, and what the market, its
 * fee pool and its insurance pool hold. Money only moves between them, so their sum never changes.
 */

import type { Fixed } from './fixed.js';
import { FLAT, type IsolatedPosition } from './isolatedPosition.js';
import type { MarginRefusal } from './marginRule.js';

export interface IsolatedLedger {
  readonly accounts: ReadonlyMap<string, IsolatedAccount>;
  /** Margins of all positions and what they owe each other. */
  readonly marketBalance: Fixed;
  readonly feePool: Fixed;
  readonly insurancePool: Fixed;
}

export interface IsolatedAccount {
  /** Free, outside any position; never negative. */
  readonly bankBalance: Fixed;
  readonly position: IsolatedPosition;
}

/** What an operation does: the ledger after it, and the profit realized by each side. */
export interface LedgerChange {
  readonly kind: 'changed';
  readonly ledger: IsolatedLedger;
  /** By account, before fees. */
  readonly pnl: ReadonlyMap<string, Fixed>;
}

/** Why it is not done; the ledger stays as it was. */
export interface LedgerRefusal {
  readonly kind: 'refused';
  /** Whose side it fails on. */
  readonly accountId: string;
  readonly reason: RefusalReason;
}

/**
 * - `LEVERAGE_BELOW_ONE`, `LEVERAGE_DIFFERS`: a position keeps the leverage that it was opened with.
 * - `PRICE_OUT_OF_BOUNDS`: a taker may not trade so far from the oracle price.
 * - `LOSS_EXCEEDS_MARGIN`: what is taken off has lost more than its margin.
 * - `BANK_BALANCE_TOO_LOW`: the bank balance does not cover the payment.
 * - `NO_POSITION`: there is nothing to liquidate, deleverage or adjust.
 * - `NOT_LIQUIDATABLE`: the margin ratio is not below the maintenance rate.
 * - `NOT_UNDERWATER`, `UNDERWATER`, `SAME_SIDE`: deleveraging pairs a position whose margin is gone
 *   with one on the other side whose margin is not.
 * - `AMOUNT_NOT_POSITIVE`, `MARGIN_NOT_REMOVABLE`: of margin to add or remove.
 */
export type RefusalReason =
  | MarginRefusal
  | 'LEVERAGE_BELOW_ONE'
  | 'LEVERAGE_DIFFERS'
  | 'PRICE_OUT_OF_BOUNDS'
  | 'LOSS_EXCEEDS_MARGIN'
  | 'BANK_BALANCE_TOO_LOW'
  | 'NO_POSITION'
  | 'NOT_LIQUIDATABLE'
  | 'NOT_UNDERWATER'
  | 'UNDERWATER'
  | 'SAME_SIDE'
  | 'AMOUNT_NOT_POSITIVE'
  | 'MARGIN_NOT_REMOVABLE';

/** One account's side of an operation. */
export interface Settlement {
  readonly accountId: string;
  readonly position: IsolatedPosition;
  /** From the bank to the market; negative for money that comes back. */
  readonly payment: Fixed;
  readonly pnl: Fixed;
}

/** What the market passes on to its pools. */
export interface PoolShares {
  readonly fees: Fixed;
  readonly insurance: Fixed;
}

const EMPTY: IsolatedAccount = { bankBalance: 0n, position: FLAT };

/** An account that the ledger does not know is empty. */
export const accountOf = ({ accounts }: IsolatedLedger, accountId: string): IsolatedAccount =>
  accounts.get(accountId) ?? EMPTY;

export const refused = (accountId: string, reason: RefusalReason): LedgerRefusal => ({
  kind: 'refused',
  accountId,
  reason,
});

/** Moves the money of all sides at once, or refuses all for the first whose bank balance is too low. */
export function settled(
  ledger: IsolatedLedger,
  sides: readonly Settlement[],
  { fees, insurance }: PoolShares,
): LedgerChange | LedgerRefusal {
  const accounts = new Map(ledger.accounts);
  for (const { accountId, position, payment } of sides) {
    const bankBalance = accountOf(ledger, accountId).bankBalance - payment;
    if (bankBalance < 0n) return refused(accountId, 'BANK_BALANCE_TOO_LOW');
    accounts.set(accountId, { bankBalance, position });
  }
  const paid = sides.reduce((total, { payment }) => total + payment, 0n);
  return {
    kind: 'changed',
    ledger: {
      accounts,
      marketBalance: ledger.marketBalance + paid - fees - insurance,
      feePool: ledger.feePool + fees,
      insurancePool: ledger.insurancePool + insurance,
    },
    pnl: new Map(sides.map(({ accountId, pnl }) => [accountId, pnl])),
  };
}
