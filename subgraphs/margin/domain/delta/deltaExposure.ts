/** Net delta of one underlying over venues, contract types and collateral. */

import type { RiskBook, UnderlyingRisk } from '../risk/riskBook.js';
import { lineDeltas, type LineDelta } from './lineDelta.js';

/** All amounts in units of the underlying, but for `spot`. */
export interface DeltaExposure {
  readonly underlying: string;
  /** Index price, USD. */
  readonly spot: number;
  /** Of the book: what its shares are as long as. */
  readonly lineCount: number;
  /** Every line that moves with the underlying. */
  readonly lines: readonly LineDelta[];
  /** Sum of the lines' deltas; negative when short. */
  readonly net: number;
  /** Sum of their absolute values. */
  readonly gross: number;
  /** What is long and short at once, the smaller of both sides: 0 ≤ hedged ≤ gross ÷ 2. */
  readonly hedged: number;
  /** Net delta at each venue, by the venue's name. */
  readonly byVenue: ReadonlyMap<string, number>;
  /** The venue of each line of `lines`. */
  readonly venues: readonly string[];
}

/** Throws InvalidPricingInput, naming the field, for an option that has no price. */
export function deltaExposure(book: RiskBook, risk: UnderlyingRisk): DeltaExposure {
  const lines = lineDeltas(risk);
  const venues = lines.map(({ line }) => venueOf(book, line));
  const long = total(lines.map(({ delta }) => Math.max(delta, 0)));
  const short = total(lines.map(({ delta }) => Math.max(-delta, 0)));
  return {
    underlying: risk.underlying,
    spot: risk.spot.price,
    lineCount: book.lines.length,
    lines,
    net: long - short,
    gross: long + short,
    hedged: Math.min(long, short),
    byVenue: netBy(venues, lines),
    venues,
  };
}

/**
 * What each line pays when it pays `rate` dollars for each dollar of its delta.
 *
 * @param rate Of the line at place `index` of `exposure.lines`; negative where its delta lowers the
 * charge.
 */
export function deltaShares(
  { lines, spot, lineCount }: DeltaExposure,
  rate: (line: LineDelta, index: number) => number,
): Float64Array {
  const shares = new Float64Array(lineCount);
  lines.forEach((line, index) => {
    shares[line.line]! += line.delta * spot * rate(line, index);
  });
  return shares;
}

/** Accounts of one venue share its prices and its clearing: there is no basis between them. */
const venueOf = ({ lines }: RiskBook, line: number) =>
  lines[line]!.venueAccountId.split(':', 1)[0]!;

function netBy(venues: readonly string[], lines: readonly LineDelta[]) {
  const net = new Map<string, number>();
  lines.forEach(({ delta }, index) => {
    const venue = venues[index]!;
    net.set(venue, (net.get(venue) ?? 0) + delta);
  });
  return net;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
