import { describe, expect, it } from 'vitest';
import { backoffMs, pause } from '../../../subgraphs/margin/live/backoff.js';

describe('backoffMs', () => {
  it('doubles with each failure up to two seconds, and never falls below 100 ms', () => {
    const widest = [1, 2, 3, 4, 5, 50].map((failures) => backoffMs(failures, 1));
    const shortest = [1, 50].map((failures) => backoffMs(failures, 0));

    expect({ widest, shortest }).toEqual({
      widest: [200, 400, 800, 1_600, 2_000, 2_000],
      shortest: [100, 100],
    });
  });
});

describe('pause', () => {
  it('ends as soon as it is told to stop', async () => {
    const stop = new AbortController();
    const paused = pause(60_000, stop.signal);
    stop.abort();

    await expect(paused).resolves.toBeUndefined();
  });
});
