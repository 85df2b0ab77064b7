import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastRecentlyUsed } from '../../../../gateway/upstream/leastRecentlyUsed.js';

const keys = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('LeastRecentlyUsed', () => {
  it('forgets what has not been asked for the longest', () => {
    const cache = new LeastRecentlyUsed<number>(3);
    for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index, 1);
    cache.get('a');
    cache.set('d', 3, 1);

    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([0, undefined, 2, 3]);
  });

  it('makes room for what is heavy, and keeps nothing that is heavier than itself', () => {
    const cache = new LeastRecentlyUsed<string>(10);
    cache.set('light', 'l', 4);
    cache.set('heavy', 'h', 7);
    cache.set('too heavy', 't', 11);

    expect(['light', 'heavy', 'too heavy'].map((key) => cache.get(key))).toEqual([
      undefined,
      'h',
      undefined,
    ]);
  });

  it('weighs a key once, however often it is set', () => {
    const cache = new LeastRecentlyUsed<number>(2);
    for (let value = 0; value < 10; value += 1) cache.set('same', value, 1);
    cache.set('other', 0, 1);

    expect(cache.get('same')).toBe(9);
  });

  it('never holds more than its capacity, and always what was set last', () => {
    const entries = fc.array(fc.tuple(fc.constantFrom(...keys), fc.integer({ min: 1, max: 5 })));
    fc.assert(
      fc.property(entries, (sets) => {
        const cache = new LeastRecentlyUsed<number>(8);
        for (const [key, weight] of sets) cache.set(key, weight, weight);
        const held = keys.map((key) => cache.get(key) ?? 0);
        const last = sets.at(-1);

        expect(held.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(8);
        if (last) expect(cache.get(last[0])).toBe(last[1]);
      }),
    );
  });
});
