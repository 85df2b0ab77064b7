/**
 * The tree of a requirement in exact decimals: its part of an explanation, and what each line has in
 * it. The counterpart of the risk room's `Requirement`, which is in float64.
 */

import { add, isLess, sum, toFloat, usd, type Usd } from '../../../shared/units.js';
import { exactShares } from '../exactShares.js';
import type { RequirementPart } from '../marginModel.js';
import type { RiskLine } from '../risk/riskBook.js';

export interface ExactRequirement {
  readonly part: RequirementPart;
  /** Lines that are not in it have nothing in it; the shares sum to its amount. Made when asked. */
  readonly shares: () => ReadonlyMap<RiskLine, Usd>;
}

interface Name {
  readonly code: string;
  readonly of?: string | null;
  readonly detail?: string | null;
}

const NOTHING = usd('0');

/** A charge that one line makes. */
export const lineCharge = (name: Name, amount: Usd, line: RiskLine): ExactRequirement => ({
  part: part(name, 'LEAF', amount, []),
  shares: () => new Map([[line, amount]]),
});

/** A charge that lines make together, split as they share `like`. */
export const commonCharge = (
  name: Name,
  amount: Usd,
  like: ExactRequirement,
): ExactRequirement => ({
  part: part(name, 'LEAF', amount, []),
  shares() {
    const lines = [...like.shares()];
    const shares = exactShares(
      amount,
      lines.map(([, share]) => toFloat(share)),
    );
    return new Map(lines.map(([line], i) => [line, shares[i] ?? NOTHING]));
  },
});

/** Nothing where there are no parts. */
export const sumOf = (name: Name, parts: readonly ExactRequirement[]): ExactRequirement => ({
  part: part(name, 'SUM', sum(parts.map(amountOf)), parts),
  shares() {
    const shares = new Map<RiskLine, Usd>();
    for (const [line, share] of parts.flatMap((one) => [...one.shares()])) {
      shares.set(line, add(shares.get(line) ?? NOTHING, share));
    }
    return shares;
  },
});

/** The first of the smallest. */
export const smallestOf = (
  name: Name,
  parts: readonly [ExactRequirement, ...ExactRequirement[]],
): ExactRequirement =>
  chosen(name, 'SMALLEST', parts, (one, best) => isLess(amountOf(one), amountOf(best)));

/** The first of the largest. */
export const largestOf = (
  name: Name,
  parts: readonly [ExactRequirement, ...ExactRequirement[]],
): ExactRequirement =>
  chosen(name, 'LARGEST', parts, (one, best) => isLess(amountOf(best), amountOf(one)));

export const amountOf = (requirement: ExactRequirement): Usd => requirement.part.amount;

function chosen(
  name: Name,
  operation: 'SMALLEST' | 'LARGEST',
  parts: readonly [ExactRequirement, ...ExactRequirement[]],
  isBetter: (one: ExactRequirement, best: ExactRequirement) => boolean,
): ExactRequirement {
  const best = parts.reduce((found, one) => (isBetter(one, found) ? one : found));
  return { part: part(name, operation, amountOf(best), parts), shares: best.shares };
}

const part = (
  { code, of = null, detail = null }: Name,
  operation: RequirementPart['operation'],
  amount: Usd,
  parts: readonly ExactRequirement[],
): RequirementPart => ({
  code,
  of,
  operation,
  factor: null,
  amount,
  detail,
  parts: parts.map((one) => one.part),
});
