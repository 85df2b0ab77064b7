/**
 * Selling an account that is below its requirement, piece by piece, to whoever bids (Derive class).
 *
 * A bidder takes a share of every position and of the free cash, pays a part of what they are worth,
 * and the account has that cash reserved. Float64 USD.
 * Source: docs.derive.xyz, «Liquidations».
 */

import { bidShareAt, type AuctionRules } from './auctionRules.js';
import { requireAtLeastZero, requireBetween, requireFinite, InvalidInput } from './invalidInput.js';

export interface AuctionedAccount {
  /** MtM: what everything is worth at marks, cash included. */
  readonly markValue: number;
  /** MM in the venue's sign: equity less maintenance requirement, negative in breach. */
  readonly maintenanceExcess: number;
  /** R: cash of earlier bids, which stays with the account and is not for sale. */
  readonly reservedCash: number;
}

/** BM: like the maintenance excess, with the buffer on top of the requirement; a sale ends at zero. */
export function bufferExcess(account: AuctionedAccount, { bufferScale }: AuctionRules): number {
  requireAccount(account);
  requireAtLeastZero('bufferScale', bufferScale);
  const { markValue, maintenanceExcess } = account;
  return maintenanceExcess + bufferScale * (maintenanceExcess - markValue);
}

/**
 * fmax: the largest share of the account, 0 to 1, that is for sale when a bidder pays `bidShare`; what
 * brings the buffer excess to zero, and the whole where nothing less does. Zero when it is not below.
 */
export function fractionForSale(
  account: AuctionedAccount,
  rules: AuctionRules,
  bidShare: number,
): number {
  requireBetween('bidShare', bidShare, 0, 1);
  const buffer = bufferExcess(account, rules);
  if (buffer >= 0) return 0;
  const { markValue, reservedCash } = account;
  const improvement = bidShare * markValue + reservedCash * (1 - bidShare) - buffer;
  return improvement > 0 ? Math.min(1, -buffer / improvement) : 1;
}

/** What a bidder pays for `fraction` of the account: d × f × (MtM − R), never negative. */
export function bidPrice(account: AuctionedAccount, bidShare: number, fraction: number): number {
  requireAccount(account);
  requireBetween('bidShare', bidShare, 0, 1);
  requireBetween('fraction', fraction, 0, 1);
  return Math.max(0, bidShare * fraction * (account.markValue - account.reservedCash));
}

/** Cash that a bidder must have: the price, and the buffer requirement of what is taken over. */
export function bidderCash(
  account: AuctionedAccount,
  rules: AuctionRules,
  bidShare: number,
  fraction: number,
): number {
  const requirement = Math.abs(bufferExcess(account, rules) - account.reservedCash);
  return bidPrice(account, bidShare, fraction) + fraction * requirement;
}

/** The account after `fraction` of it went for `price`. */
export function accountAfterBid(
  account: AuctionedAccount,
  fraction: number,
  price: number,
): AuctionedAccount {
  requireAccount(account);
  requireBetween('fraction', fraction, 0, 1);
  requireFinite('price', price);
  const reservedCash = account.reservedCash + price;
  const kept = (value: number) => (1 - fraction) * (value - account.reservedCash) + reservedCash;
  return {
    markValue: kept(account.markValue),
    maintenanceExcess: kept(account.maintenanceExcess),
    reservedCash,
  };
}

/** What the account pays when the auction starts: a share of what could be sold undiscounted. */
export const auctionFee = (account: AuctionedAccount, rules: AuctionRules): number =>
  Math.max(0, fractionForSale(account, rules, 1) * account.markValue * rules.feeShare);

/** The solvent auction's quote `seconds` after its start, for a bidder who wants up to `wanted`. */
export function bidAt(
  account: AuctionedAccount,
  rules: AuctionRules,
  bid: { readonly seconds: number; readonly wanted: number },
): { readonly fraction: number; readonly price: number } {
  requireBetween('wanted', bid.wanted, 0, 1);
  const bidShare = bidShareAt(rules, bid.seconds);
  const fraction = Math.min(bid.wanted, fractionForSale(account, rules, bidShare));
  return { fraction, price: bidPrice(account, bidShare, fraction) };
}

function requireAccount({ markValue, maintenanceExcess, reservedCash }: AuctionedAccount): void {
  requireFinite('markValue', markValue);
  requireFinite('maintenanceExcess', maintenanceExcess);
  requireAtLeastZero('reservedCash', reservedCash);
  if (maintenanceExcess > markValue) {
    throw new InvalidInput('maintenanceExcess', maintenanceExcess, 'at most the mark value');
  }
}
