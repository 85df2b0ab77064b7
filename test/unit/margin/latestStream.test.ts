import { describe, expect, it, vi } from 'vitest';
import { LatestStream } from '../../../subgraphs/margin/live/latestStream.js';

describe('a stream of the latest value', () => {
  it('gives a slow reader the newest value only', async () => {
    const stream = new LatestStream<number>(vi.fn());
    for (const value of [1, 2, 3]) stream.push(value);

    expect(await stream.next()).toEqual({ done: false, value: 3 });
  });

  it('gives a reader that waits the next value', async () => {
    const stream = new LatestStream<number>(vi.fn());
    const waiting = stream.next();
    stream.push(7);

    expect(await waiting).toEqual({ done: false, value: 7 });
  });

  it('ends a reader that waits, and says once that it has left', async () => {
    const onReturn = vi.fn();
    const stream = new LatestStream<number>(onReturn);
    const waiting = stream.next();

    await stream.return();
    await stream.return();

    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(onReturn).toHaveBeenCalledOnce();
  });
});
