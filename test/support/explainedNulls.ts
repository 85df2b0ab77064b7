/** Which nulls of an answer are failures, and with what codes: what two servers must agree upon. */

import type { ExecutionResult } from 'graphql';

/**
 * Each null that an error speaks of, as `path: code`, sorted and once each. An error below a null is
 * about that null: which of several failures took it there, and how many are told, is up to the server.
 */
export function explainedNulls({ data, errors = [] }: ExecutionResult): string[] {
  return [...new Set(errors.map(({ path = [] }) => nullAt(data, path)))].sort();
}

/** The codes that errors about the null at `place` have. */
export const codesAt = ({ data, errors = [] }: ExecutionResult, place: string): Set<unknown> =>
  new Set(errors.filter(({ path = [] }) => nullAt(data, path) === place).map(codeOf));

function nullAt(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth).join('.');
    value = (value as Record<string | number, unknown>)[key];
  }
  return path.join('.');
}

/** Servers that give no code mean that they have failed. */
const codeOf = ({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }) =>
  extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR';
