/**
 * The terms of a Dutch auction of accounts (Derive class), and how far it has come at a time.
 *
 * Float64, for quotes and comparisons: money that moves is rounded by who moves it.
 * Source: docs.derive.xyz, «Liquidations».
 */

import { requireAtLeastZero, requireBetween } from './invalidInput.js';

/** Dated data of the venue, never constants. */
export interface AuctionRules {
  /** b in MM + b × (MM − MtM): how far beyond the requirement a liquidation goes. */
  readonly bufferScale: number;
  /** Share of mark value that a bidder pays: at the start, and where the fast phase ends. */
  readonly startShare: number;
  readonly cutOffShare: number;
  readonly fastSeconds: number;
  /** From the cut-off to nothing. */
  readonly slowSeconds: number;
  /** From no payment to the whole requirement, once the account is insolvent. */
  readonly insolventSeconds: number;
  /** Of the mark value that could be sold undiscounted at the start, to the security module. */
  readonly feeShare: number;
}

/**
 * d: the share of mark value that a bidder pays `seconds` after the start: straight lines through the
 * fast phase and the slow one, then zero. Throws InvalidInput for a negative time or rules that rise.
 */
export function bidShareAt(rules: AuctionRules, seconds: number): number {
  requireAtLeastZero('seconds', seconds);
  const { startShare, cutOffShare, fastSeconds, slowSeconds } = rules;
  requireBetween('startShare', startShare, 0, 1);
  requireBetween('cutOffShare', cutOffShare, 0, startShare);
  requireAtLeastZero('fastSeconds', fastSeconds);
  requireAtLeastZero('slowSeconds', slowSeconds);
  if (seconds < fastSeconds) {
    return startShare - (startShare - cutOffShare) * (seconds / fastSeconds);
  }
  const slow = seconds - fastSeconds;
  return slow < slowSeconds ? cutOffShare * (1 - slow / slowSeconds) : 0;
}
