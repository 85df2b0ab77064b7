/**
 * A charge on what is priced by feeds that their sources vouch for too little: (1 − confidence) ×
 * factor × notional below the threshold. Source: docs.derive.xyz/docs/pm2, «oracle contingency».
 */

import { z } from 'zod';
import { groupedBy } from '../groupedBy.js';
import { charge, type Requirement } from '../risk/requirement.js';
import type { OptionRisk, UnderlyingRisk } from '../risk/riskBook.js';
import { addGroupCharge, futureGroups } from './futureUnits.js';

export interface OracleConfidence {
  readonly kind: 'ORACLE_CONFIDENCE';
  /** Confidence below which the charge applies. */
  readonly threshold: number;
  readonly factor: number;
}

export const oracleConfidenceSchema = z.strictObject({
  kind: z.literal('ORACLE_CONFIDENCE'),
  threshold: z.number().min(0).max(1),
  factor: z.number().min(0).max(20),
}) satisfies z.ZodType<OracleConfidence>;

/** Notionals of futures and options are at spot, net by contract. */
export function oracleConfidence(
  code: string,
  rule: OracleConfidence,
  underlying: UnderlyingRisk,
  lineCount: number,
): Requirement {
  const shares = new Float64Array(lineCount);
  addFutures(shares, rule, underlying);
  addOptions(shares, rule, underlying);
  addCollateral(shares, rule, underlying);
  return charge({ code, of: underlying.underlying }, shares);
}

/** USD for each USD of notional. */
const rateAt = ({ threshold, factor }: OracleConfidence, confidence: number) =>
  confidence < threshold ? (1 - confidence) * factor : 0;

/** Perpetuals depend on the perpetual's feed; dated futures on their forward's instead. */
function addFutures(
  shares: Float64Array,
  rule: OracleConfidence,
  underlying: UnderlyingRisk,
): void {
  const { spot, perpetualConfidence, expiries } = underlying;
  futureGroups(underlying).forEach((group, i) => {
    const own = i === 0 ? perpetualConfidence : expiries[i - 1]!.forward.confidence;
    const confidence = Math.min(spot.confidence, own);
    addGroupCharge(shares, group, rateAt(rule, confidence) * spot.price);
  });
}

/** The least trusted feed of an expiry decides for all of its options that are held. */
function addOptions(
  shares: Float64Array,
  rule: OracleConfidence,
  underlying: UnderlyingRisk,
): void {
  const { spot, perpetualConfidence, expiries, options } = underlying;
  const held = options.filter(({ quantity }) => quantity !== 0);
  for (const [place, ofExpiry] of groupedBy(held, ({ expiry }) => expiry)) {
    const { forward, rate } = expiries[place]!;
    const confidence = Math.min(
      ...[spot, forward, rate].map((feed) => feed.confidence),
      perpetualConfidence,
      ofExpiry.reduce((least, option) => Math.min(least, option.confidence), 1),
    );
    addNetOptions(shares, ofExpiry, rateAt(rule, confidence) * spot.price);
  }
}

function addNetOptions(
  shares: Float64Array,
  options: readonly OptionRisk[],
  perUnit: number,
): void {
  const contracts = groupedBy(options, ({ strike, isCall }) => `${strike} ${isCall}`);
  for (const contract of contracts.values()) {
    const net = contract.reduce((sum, { quantity }) => sum + quantity, 0);
    for (const { line, quantity } of contract) shares[line]! += Math.sign(net) * quantity * perUnit;
  }
}

/** Held coins depend on their own feed and the spot's, whatever else is held. */
function addCollateral(
  shares: Float64Array,
  rule: OracleConfidence,
  { spot, collateral }: UnderlyingRisk,
): void {
  for (const { line, quantity, price } of collateral) {
    const rate = rateAt(rule, Math.min(spot.confidence, price.confidence));
    shares[line]! += Math.abs(quantity) * price.price * rate;
  }
}
