/** Values of the domain as another thread can be sent them: decimals travel as marked text. */

import { format, quantity, type Measure } from '../../shared/units.js';

/** Stands for a decimal on the way. Nothing in the domain has a field of this name. */
interface PortableDecimal {
  readonly decimal: string;
}

/** Of dates, maps, lists, plain objects and decimals; the rest stays as it is. */
export function portable(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(portable);
  if (value instanceof Map) return new Map([...value].map(([key, of]) => [key, portable(of)]));
  // Only decimals are of a class of their own.
  return Object.getPrototypeOf(value) === Object.prototype
    ? mapped(value, portable)
    : ({ decimal: format(value as Measure<string>) } satisfies PortableDecimal);
}

/** What `portable` was given. */
export function restored(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(restored);
  if (value instanceof Map) return new Map([...value].map(([key, of]) => [key, restored(of)]));
  // Every unit reads the same text alike.
  return isDecimal(value) ? quantity(value.decimal) : mapped(value, restored);
}

const isDecimal = (value: object): value is PortableDecimal => 'decimal' in value;

const mapped = (value: object, map: (member: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, map(member)]));
