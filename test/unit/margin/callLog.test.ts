import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { MarginCallTransition } from '../../../subgraphs/margin/domain/calls/marginCall.js';
import { CallLog } from '../../../subgraphs/margin/live/callLog.js';
import { MemoryStore } from './memoryStore.js';
import { sequences, transitions } from './transitions.js';

function logOver(store = new MemoryStore()) {
  const onConflict = vi.fn();
  const log = pino({ level: 'silent' });
  const calls = new CallLog({ store, log, random: () => 0, onConflict });
  const seen: MarginCallTransition[] = [];
  calls.listen('fund-1', (transition) => seen.push(transition));
  return { store, calls, seen, onConflict };
}

describe('the log of margin calls', () => {
  it('stores a transition before anybody hears of it', async () => {
    const { store, calls } = logOver();
    const storedWhenHeard: number[] = [];
    calls.observe(() => storedWhenHeard.push(store.stored.length));

    calls.append(transitions(1, 2));
    expect(calls.head('fund-1').sequence).toBe(2n);
    expect(calls.storedHead('fund-1').sequence).toBe(0n);
    await calls.close();

    expect(storedWhenHeard).toEqual([2, 2]);
    expect(calls.storedHead('fund-1')).toEqual({ sequence: 2n, status: 'HEALTHY', callId: null });
  });

  it('goes on from where the stored log ends', async () => {
    const { store, calls } = logOver();
    store.stored.push(...transitions(1, 3));

    await calls.load(['fund-1', 'fund-2']);

    expect(calls.head('fund-1')).toEqual({ sequence: 3n, status: 'WARNING', callId: null });
    expect(calls.head('fund-2')).toEqual({ sequence: 0n, status: 'HEALTHY', callId: null });
  });

  it('stores together what came while it was storing', async () => {
    const { store, calls, seen } = logOver();

    calls.append(transitions(1, 1));
    for (let i = 2; i <= 700; i++) calls.append(transitions(i, i));
    await calls.close();

    // The first goes alone, 500 is the most of a batch, and the rest follows.
    expect(store.batches).toEqual([1, 500, 199]);
    expect(sequences(seen)).toEqual(sequences(transitions(1, 700)));
  });

  it('loses nothing, and shows nothing, while the database is down', async () => {
    const { store, calls, seen } = logOver();
    store.failure = new Error('connection refused');
    calls.append(transitions(1, 2));
    calls.append(transitions(1, 1, 'fund-2'));
    await vi.waitFor(() => {
      expect(store.attempts).toBeGreaterThan(1);
    });
    expect(seen).toEqual([]);

    calls.append(transitions(3, 3));
    store.failure = null;
    await vi.waitFor(() => {
      expect(sequences(seen)).toEqual([1, 2, 3]);
    });

    expect(store.stored).toHaveLength(4);
  });

  it('repeats an attempt whose answer was lost, and nothing else with it', async () => {
    const { store, calls, seen, onConflict } = logOver();
    store.losesAnswer = true;
    calls.append(transitions(1, 2));
    calls.append(transitions(3, 3));
    await vi.waitFor(() => {
      expect(sequences(seen)).toEqual([1, 2, 3]);
    });

    expect(onConflict).not.toHaveBeenCalled();
    expect(sequences(store.stored)).toEqual([1, 2, 3]);
  });

  it('stops at once, and says so, when another writer has used its number', async () => {
    const { store, calls, seen, onConflict } = logOver();
    store.stored.push(...transitions(1, 1));

    calls.append(transitions(1, 2));
    await calls.close();
    calls.append(transitions(3, 3));
    await calls.close();

    expect(onConflict.mock.calls).toEqual([
      [expect.objectContaining({ name: 'CallLogConflict', message: expect.any(String) as string })],
    ]);
    expect(seen).toEqual([]);
    expect(store.stored).toHaveLength(1);
  });

  it('stores what is pending as it closes, but does not wait for a database that is down', async () => {
    const { store, calls } = logOver();
    store.failure = new Error('connection refused');
    calls.append(transitions(1, 1));

    await calls.close();

    expect(store.stored).toEqual([]);
  });

  it('no longer calls a listener that has left', async () => {
    const { calls } = logOver();
    const listener = vi.fn();
    calls.listen('fund-1', listener)();

    calls.append(transitions(1, 1));
    await calls.close();

    expect(listener).not.toHaveBeenCalled();
  });
});
