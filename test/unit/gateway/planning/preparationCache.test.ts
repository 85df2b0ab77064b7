import { GraphQLError } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { PreparationCache } from '../../../../gateway/planning/preparationCache.js';

const failure = { errors: [new GraphQLError('No.')] };

describe('PreparationCache', () => {
  it('prepares once for all who ask, at the same time and later', async () => {
    const cache = new PreparationCache<{ id: number }>(10);
    const prepare = vi.fn(() => Promise.resolve({ id: 1 }));

    const all = await Promise.all([cache.get('a', 1, prepare), cache.get('a', 1, prepare)]);
    all.push(await cache.get('a', 1, prepare));

    expect(all).toEqual([{ id: 1 }, { id: 1 }, { id: 1 }]);
    expect(prepare).toHaveBeenCalledTimes(1);
  });

  it('tells a failure to all who wait for it, and then tries again', async () => {
    const cache = new PreparationCache<{ id: number }>(10);
    const fail = vi.fn(() => Promise.resolve(failure));

    expect(await Promise.all([cache.get('a', 1, fail), cache.get('a', 1, fail)])).toEqual([
      failure,
      failure,
    ]);
    expect(fail).toHaveBeenCalledTimes(1);
    expect(await cache.get('a', 1, () => Promise.resolve({ id: 2 }))).toEqual({ id: 2 });
  });

  it('does not keep a rejection', async () => {
    const cache = new PreparationCache<{ id: number }>(10);

    await expect(cache.get('a', 1, () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
    expect(await cache.get('a', 1, () => Promise.resolve({ id: 2 }))).toEqual({ id: 2 });
  });
});
