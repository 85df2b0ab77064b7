/**
 * The tree of what made a requirement. Every model answers with one: a leaf is a charge, a branch
 * adds, scales, takes the larger or the smaller. Each node carries what each line of the book has in
 * it, so the shares of the root sum to its amount: that is the attribution, and the tree printed is
 * the explanation.
 */

export interface Requirement {
  /** Stable and upper case, such as SCAN or PERPETUAL_CONTINGENCY; the same code, the same meaning. */
  readonly code: string;
  /** What it is of: an underlying, a venue account, an expiry; null for the whole book. */
  readonly of: string | null;
  /** USD, positive when required. */
  readonly amount: number;
  /** Amount by line of the book; sums to `amount` but for rounding of float64. */
  readonly shares: Float64Array;
  readonly operation: 'LEAF' | 'SUM' | 'LARGEST' | 'SMALLEST' | 'SCALED';
  /** Of SCALED; 1 for the others. */
  readonly factor: number;
  /** One sentence or a few figures on where a leaf's number comes from; null without. */
  readonly detail: string | null;
  readonly parts: readonly Requirement[];
}

interface Name {
  readonly code: string;
  readonly of?: string | null;
  readonly detail?: string | null;
}

/** A charge whose lines' shares sum to it. Throws RangeError unless every number is finite. */
export function charge(name: Name, shares: Float64Array): Requirement {
  const amount = shares.reduce((total, share) => total + share, 0);
  if (!Number.isFinite(amount)) throw new RangeError(`${name.code}: not a finite amount`);
  return node(name, 'LEAF', amount, shares, []);
}

/** Zero when there are no parts. */
export function sumOf(name: Name, lineCount: number, parts: readonly Requirement[]): Requirement {
  const shares = new Float64Array(lineCount);
  for (const part of parts) for (let i = 0; i < lineCount; i++) shares[i]! += part.shares[i]!;
  return node(name, 'SUM', total(parts), shares, parts);
}

/** The first of the largest. `parts` must not be empty. */
export const largestOf = (name: Name, parts: readonly Requirement[]): Requirement =>
  chosen(name, 'LARGEST', parts, (part, best) => part.amount > best.amount);

/** The first of the smallest. `parts` must not be empty. */
export const smallestOf = (name: Name, parts: readonly Requirement[]): Requirement =>
  chosen(name, 'SMALLEST', parts, (part, best) => part.amount < best.amount);

export function scaled(name: Name, factor: number, part: Requirement): Requirement {
  const shares = part.shares.map((share) => share * factor);
  return { ...node(name, 'SCALED', part.amount * factor, shares, [part]), factor };
}

/** Nothing required: the other side of a floor. */
export const nothing = (lineCount: number): Requirement =>
  charge({ code: 'NOTHING' }, new Float64Array(lineCount));

function chosen(
  name: Name,
  operation: 'LARGEST' | 'SMALLEST',
  parts: readonly Requirement[],
  isBetter: (part: Requirement, best: Requirement) => boolean,
): Requirement {
  const best = parts.reduce((found, part) => (isBetter(part, found) ? part : found));
  return node(name, operation, best.amount, best.shares, parts);
}

const total = (parts: readonly Requirement[]) => parts.reduce((sum, { amount }) => sum + amount, 0);

const node = (
  { code, of = null, detail = null }: Name,
  operation: Requirement['operation'],
  amount: number,
  shares: Float64Array,
  parts: readonly Requirement[],
): Requirement => ({ code, of, amount, shares, operation, factor: 1, detail, parts });
