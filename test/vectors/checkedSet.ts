/** The result of all the cases of one set. */

import {
  UnreadableVectors,
  type Comparison,
  type VectorCase,
  type VectorSet,
} from './vectorSet.js';

export interface CheckedSet {
  readonly name: string;
  readonly total: number;
  readonly failures: readonly CaseFailure[];
  /** Over every number of every case that could be computed. */
  readonly worstRelativeError: number;
}

export interface CaseFailure {
  readonly id: string;
  /** What is wrong: the first number that is off, or why the case cannot be computed. */
  readonly reason: string;
}

/** Never throws: what cannot be read or computed is a failure of the set. */
export function checkedSet(set: VectorSet, directory: string): CheckedSet {
  const results = casesOf(set, directory).map(checkedCase);
  return {
    name: set.name,
    total: results.length,
    failures: results.flatMap(({ failure }) => failure ?? []),
    worstRelativeError: Math.max(0, ...results.map(({ worst }) => worst)),
  };
}

function casesOf(set: VectorSet, directory: string): readonly VectorCase[] {
  try {
    const cases = set.cases(directory);
    if (cases.length > 0) return cases;
    throw new UnreadableVectors(directory, 'holds no case');
  } catch (error) {
    const fail = () => {
      throw error;
    };
    return [{ id: directory, check: fail }];
  }
}

function checkedCase({ id, check }: VectorCase): { failure: CaseFailure | null; worst: number } {
  try {
    const comparisons = check();
    const off = comparisons.filter(isOff);
    const [first] = off;
    const finite = comparisons.map(({ relativeError }) => relativeError).filter(Number.isFinite);
    return {
      failure: first === undefined ? null : { id, reason: reasonOf(first, off.length) },
      worst: Math.max(0, ...finite),
    };
  } catch (error) {
    return { failure: { id, reason: (error as Error).message }, worst: 0 };
  }
}

/** NaN is off too. */
const isOff = ({ error, limit }: Comparison) => !(error <= limit);

const reasonOf = ({ what, error, limit }: Comparison, count: number) =>
  `${what} is off by ${error.toExponential(2)} where ${limit} is allowed` +
  (count > 1 ? `, and ${count - 1} more` : '');
