/** JSON with one text per value: keys sorted, no spaces, as in RFC 8785; and its hash. */

import { createHash } from 'node:crypto';
import { byText } from './textOrder.js';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => byText(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of the canonical text, in hexadecimal. */
export const contentHash = (value: Json): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
