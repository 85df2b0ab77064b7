/**
 * Objects whose keys others choose. A client may alias a field `__proto__` or `constructor`, and a
 * subgraph may send such keys: they are data, and never reach a prototype.
 */

import type { JsonObject } from '../upstream/subgraphResponse.js';

/** `new` on an empty prototype: as safe as `Object.create(null)`, and twice as fast in V8. */
const Bare = function () {
  // Nothing is inherited and nothing is set.
} as unknown as new () => JsonObject;
Object.defineProperty(Bare, 'prototype', { value: Object.create(null) });

/** An object that inherits nothing, so that every key, `__proto__` included, is plain data. */
export const emptyObject = (): JsonObject => new Bare();

/** Reads one property, never an inherited one. Made once per field, so that most reads stay plain. */
export function ownReader(key: string): (object: JsonObject) => unknown {
  if (!(key in Object.prototype)) return (object) => object[key];
  return (object) => (Object.hasOwn(object, key) ? object[key] : undefined);
}

/** Sets a property of any object; assigning `__proto__` would replace the object's prototype. */
export function setOwn(object: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') {
    object[key] = value;
    return;
  }
  Object.defineProperty(object, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
