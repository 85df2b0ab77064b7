/** Paying somebody to take an account that is worth less than nothing (Derive class). Float64 USD. */

import { bufferExcess, type AuctionedAccount } from './accountAuction.js';
import type { AuctionRules } from './auctionRules.js';
import { requireAboveZero, requireAtLeastZero, requireBetween } from './invalidInput.js';

/**
 * What the security module pays a bidder for `fraction` of the account, `seconds` into the insolvent
 * phase: from what the account owes, in a straight line, to its whole maintenance shortfall. Never
 * negative.
 */
export function insolventPayment(
  account: AuctionedAccount,
  rules: AuctionRules,
  bid: { readonly seconds: number; readonly fraction: number },
): number {
  // Asks the account's numbers the same questions as a solvent sale.
  bufferExcess(account, rules);
  requireAtLeastZero('seconds', bid.seconds);
  requireBetween('fraction', bid.fraction, 0, 1);
  requireAboveZero('insolventSeconds', rules.insolventSeconds);
  const owed = Math.max(0, -account.markValue);
  const shortfall = Math.max(owed, -account.maintenanceExcess);
  const progress = Math.min(1, bid.seconds / rules.insolventSeconds);
  return bid.fraction * (owed + (shortfall - owed) * progress);
}
