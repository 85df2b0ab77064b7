import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CallDeadline } from '../../../../gateway/upstream/callDeadline.js';
import { CallGuard, type GuardedCall } from '../../../../gateway/upstream/callGuard.js';
import { CircuitBreaker } from '../../../../gateway/upstream/circuitBreaker.js';
import { RetryBudget } from '../../../../gateway/upstream/retryBudget.js';
import {
  timedOut,
  unavailable,
  type UpstreamFailure,
} from '../../../../gateway/upstream/upstreamFailure.js';

const now = () => performance.now();
const reset = unavailable('cannot be reached', undefined, { isTransient: true });
const busy = (retryAfterMs: number) =>
  unavailable('answered with HTTP status 429', undefined, {
    isTransient: true,
    retryAfterMs,
    outcome: 'answered',
  });

describe('callGuard', () => {
  let attempts: number;
  let guard: CallGuard;
  beforeEach(() => {
    attempts = 0;
    const breaker = new CircuitBreaker({ now });
    guard = new CallGuard({ breaker, budget: new RetryBudget(), random: () => 0 });
  });

  /** Fails with these in turn, and answers when there are no more. */
  const run = (failures: readonly Error[], more: Partial<GuardedCall> = {}) => {
    const left = [...failures];
    const deadline = new CallDeadline(1_000, undefined, now);
    return guard.run({ kind: 'query', deadline, signal: undefined, ...more }, () => {
      attempts += 1;
      const failure = left.shift();
      return failure ? Promise.reject(failure) : Promise.resolve('answer');
    });
  };

  it('asks a second time when the first failed in passing', async () => {
    expect(await run([reset])).toBe('answer');
    expect(attempts).toBe(2);
  });

  it('asks no third time', async () => {
    const last = unavailable('still down', undefined, { isTransient: true });
    await expect(run([reset, last])).rejects.toBe(last);
    expect(attempts).toBe(2);
  });

  const final: { what: string; failure: Error; more?: Partial<GuardedCall> }[] = [
    { what: 'a mutation', failure: reset, more: { kind: 'mutation' } },
    { what: 'a query that timed out', failure: timedOut('did not answer within 5 ms') },
    { what: 'what would fail again', failure: unavailable('sent an answer that is not JSON') },
    { what: 'a subgraph that asks for more than a second', failure: busy(1_001) },
    { what: 'a mistake of ours', failure: new TypeError('mistake') },
    {
      what: 'a query whose time would be over',
      failure: busy(400),
      more: { deadline: new CallDeadline(1_000, performance.now() + 300, now) },
    },
  ];
  it.each(final)('does not ask again: $what', async ({ failure, more }) => {
    await expect(run([failure], more)).rejects.toBe(failure);
    expect(attempts).toBe(1);
  });

  it('waits for as long as the subgraph asks for', async () => {
    const start = now();
    expect(await run([busy(100)])).toBe('answer');
    expect(now() - start).toBeGreaterThan(98);
  });

  it('asks at most 1.1 times per request however often it fails, the first retry aside', async () => {
    const breaker = new CircuitBreaker({ now, volumeMin: Infinity });
    guard = new CallGuard({ breaker, budget: new RetryBudget(), random: () => 0 });
    for (let request = 0; request < 100; request += 1) {
      await run([reset, reset]).catch(() => undefined);
    }

    expect(attempts).toBe(100 + 10 + 1);
  });

  it('lets go at once when the client aborts between two attempts', async () => {
    const client = new AbortController();
    const waiting = run([busy(900)], { signal: client.signal });
    setImmediate(() => client.abort(new Error('The client is gone.')));

    await expect(waiting).rejects.toThrow('The client is gone.');
    expect(attempts).toBe(1);
  });

  it('asks nobody for a client that is gone', async () => {
    const signal = AbortSignal.abort(new Error('The client is gone.'));

    await expect(run([], { signal })).rejects.toThrow('The client is gone.');
    expect(attempts).toBe(0);
  });

  it('leaves the retry to others when the client is gone by the time of the failure', async () => {
    const client = new AbortController();
    const call: GuardedCall = {
      kind: 'query',
      deadline: new CallDeadline(1_000, undefined, now),
      signal: client.signal,
    };
    const asked = guard.run(call, () => {
      client.abort(new Error('The client is gone.'));
      return Promise.reject(reset);
    });

    await expect(asked).rejects.toThrow('The client is gone.');
    expect(await run([reset])).toBe('answer');
  });

  it('leaves no listener on a signal that outlives the pause', async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    await run([reset], { signal });

    expect(removed).toHaveBeenCalledOnce();
  });

  it('asks nobody once the time is over', async () => {
    const deadline = new CallDeadline(1_000, now() - 1, now);

    await expect(run([], { deadline })).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
    expect(attempts).toBe(0);
  });

  it('asks nobody while the breaker is open, and does not try again then', async () => {
    const down = unavailable('answered with HTTP status 500');
    for (let request = 0; request < 20; request += 1) await run([down]).catch(() => undefined);
    attempts = 0;

    const refused = run([]) as Promise<unknown>;
    await expect(refused).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      retryAfterMs: expect.any(Number) as number,
    } satisfies Partial<UpstreamFailure>);
    expect(attempts).toBe(0);
  });

  it('is not opened by aborted calls or answers that refuse one question', async () => {
    for (let request = 0; request < 50; request += 1) {
      await run([new Error('aborted')]).catch(() => undefined);
      await run([busy(5_000)]).catch(() => undefined);
    }

    expect(await run([])).toBe('answer');
  });
});
