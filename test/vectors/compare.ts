/** Comparisons of one published number with ours. */

import type { Comparison } from './vectorSet.js';

/** Within a share of the published number; of 1 where that is smaller, unless `floor` says. */
export function relative(
  what: string,
  expected: number,
  actual: number,
  limit: number,
  floor = 1,
): Comparison {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), floor);
  return { what, error, limit, relativeError: error };
}

/** Within an absolute distance. */
export function absolute(
  what: string,
  expected: number,
  actual: number,
  limit: number,
): Comparison {
  const error = Math.abs(actual - expected);
  return { what, error, limit, relativeError: error / Math.max(Math.abs(expected), 1) };
}

/** Equal as text, numbers, big integers or truth values. */
export function exact<Value>(what: string, expected: Value, actual: Value): Comparison {
  const error = Object.is(expected, actual) ? 0 : Infinity;
  return { what, error, limit: 0, relativeError: error };
}
