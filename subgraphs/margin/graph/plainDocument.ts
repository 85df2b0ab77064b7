/** An input of the graph as the JSON that it was: decimals and instants as text, null as absent. */

import { format, type Measure } from '../../shared/units.js';

/** @param value An argument as GraphQL hands it over, its scalars read. */
export function plainDocument(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value ?? undefined;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainDocument);
  if (!isPlain(value)) return format(value as Measure<string>);
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, plainDocument(member)]));
}

/** Only decimals are of a class of their own. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
