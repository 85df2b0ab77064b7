import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { CallLog } from '../../../subgraphs/margin/live/callLog.js';
import { CallStream, type MarginCallUpdate } from '../../../subgraphs/margin/live/callStream.js';
import { MemoryStore } from './memoryStore.js';
import { sequences, transitions } from './transitions.js';

/** A log that holds `stored` transitions of one account. */
async function logWith(stored: number) {
  const store = new MemoryStore();
  store.stored.push(...transitions(1, stored));
  const log = pino({ level: 'silent' });
  const calls = new CallLog({
    store,
    log,
    random: () => 0,
    onConflict: (conflict) => {
      throw conflict;
    },
  });
  await calls.load(['fund-1']);
  return {
    store,
    calls,
    stream: (after: number | null) =>
      new CallStream(calls, store, 'fund-1', after === null ? null : BigInt(after)),
  };
}

async function take(stream: CallStream, count: number): Promise<MarginCallUpdate[]> {
  const taken: MarginCallUpdate[] = [];
  while (taken.length < count) {
    const { value } = await stream.next();
    if (value === undefined) throw new Error('the stream has ended');
    taken.push(value);
  }
  return taken;
}

describe('a stream of margin calls', () => {
  it('begins with the current state when there is no cursor, and goes on with what follows', async () => {
    const { calls, stream } = await logWith(3);
    const subscriber = stream(null);
    calls.append(transitions(4, 5));

    expect(await take(subscriber, 3)).toEqual([
      { accountId: 'fund-1', sequence: 3n, status: 'WARNING', callId: null },
      ...transitions(4, 5),
    ]);
  });

  it('gives the identical rest after every cursor, stored and live', async () => {
    const { calls, stream } = await logWith(450);
    const subscribers = Array.from({ length: 451 }, (_, after) => stream(after));
    calls.append(transitions(451, 455));

    for (const [after, subscriber] of subscribers.entries()) {
      const rest = await take(subscriber, 455 - after);
      expect(sequences(rest)).toEqual(sequences(transitions(after + 1, 455)));
    }
  });

  it('has no gap and no double when transitions are stored while it reads the log', async () => {
    const { calls, stream, store } = await logWith(2);
    const read = store.read.bind(store);
    // What is stored during the read is in the page and in the live buffer.
    store.read = async (...args) => {
      calls.append(transitions(3, 4));
      await calls.close();
      return read(...args);
    };

    expect(sequences(await take(stream(0), 4))).toEqual([1, 2, 3, 4]);
  });

  it('ends while it waits when its reader leaves', async () => {
    const { calls, stream } = await logWith(1);
    const subscriber = stream(1);
    const waiting = subscriber.next();

    await subscriber.return();

    expect(await waiting).toEqual({ done: true, value: undefined });
    calls.append(transitions(2, 2));
    await calls.close();
    expect(await subscriber.next()).toEqual({ done: true, value: undefined });
  });

  it('sends a reader away that is a thousand behind, who goes on by cursor', async () => {
    const { calls, stream } = await logWith(0);
    const slow = stream(0);
    calls.append(transitions(1, 1_001));
    await calls.close();

    await expect(slow.next()).rejects.toMatchObject({ extensions: { code: 'SLOW_CONSUMER' } });
    expect(await slow.next()).toEqual({ done: true, value: undefined });
    expect(sequences(await take(stream(0), 1_001))).toEqual(sequences(transitions(1, 1_001)));
  });

  it('fails rather than skip what the log has lost', async () => {
    const { store, stream } = await logWith(4);
    store.stored.splice(1, 1);

    const subscriber = stream(0);

    expect(sequences(await take(subscriber, 1))).toEqual([1]);
    await expect(subscriber.next()).rejects.toThrow('the log of margin calls has a gap');
  });

  it('ends with the error of a database that is down', async () => {
    const { store, stream } = await logWith(4);
    store.failure = new Error('connection refused');

    await expect(stream(0).next()).rejects.toThrow('connection refused');
  });
});
