import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountRecord } from '../../../subgraphs/venues/kit/accountRecord.js';
import { encodeCursor } from '../../../subgraphs/venues/kit/updateCursor.js';
import { UpdateLog, type AccountUpdate } from '../../../subgraphs/venues/kit/updateLog.js';
import { holding } from './fakeVenue.js';

const record = (id: string, btc: string): AccountRecord => ({
  id,
  state: holding(btc),
  receivedAt: new Date(0),
  problem: null,
});

/** Takes so many updates; they must be there already. */
async function take(stream: AsyncIterator<AccountUpdate, undefined>, count: number) {
  const updates: AccountUpdate[] = [];
  while (updates.length < count) {
    const { value } = await stream.next();
    if (!value) throw new Error('the stream has ended');
    updates.push(value);
  }
  return updates;
}

const seen = (updates: readonly AccountUpdate[]) =>
  updates.map(({ account, isSnapshot }) => ({ account, isSnapshot }));

const one = record('deribit:1', '1');
const two = record('deribit:2', '2');
const changed = record('deribit:1', '1.5');

function logOf(...records: AccountRecord[]): UpdateLog {
  const log = new UpdateLog('epoch-1', { keptMax: 3, backlogMax: 2 });
  for (const each of records) log.append(each);
  return log;
}

describe('UpdateLog', () => {
  it('sends the states first, in the order of their ids, and then each change', async () => {
    const log = logOf(two, one);
    const stream = log.subscribe(null);
    log.append(changed);

    expect(seen(await take(stream, 3))).toEqual([
      { account: one, isSnapshot: true },
      { account: two, isSnapshot: true },
      { account: changed, isSnapshot: false },
    ]);
  });

  it('goes on after a cursor, with nothing lost and nothing twice', async () => {
    const log = logOf(one, two);
    const [, last] = await take(log.subscribe(null), 2);
    log.append(changed);
    const resumed = log.subscribe(last?.cursor);
    log.append(two);

    expect(seen(await take(resumed, 2))).toEqual([
      { account: changed, isSnapshot: false },
      { account: two, isSnapshot: false },
    ]);
  });

  it('sends all states again to a reader who left in the middle of them', async () => {
    const log = logOf(one, two);
    const [first] = await take(log.subscribe(null), 1);

    expect(seen(await take(log.subscribe(first?.cursor), 2))).toEqual([
      { account: one, isSnapshot: true },
      { account: two, isSnapshot: true },
    ]);
  });

  it.each([
    ['another run of the process', 'epoch-0', 4],
    ['changes that are no longer kept', 'epoch-1', 0],
  ])('sends the states again after a cursor of %s', async (_what, epoch, sequence) => {
    const log = logOf(one, two, changed, one);
    const cursor = encodeCursor({ epoch, sequence, isComplete: true });

    const updates = await take(log.subscribe(cursor), 2);

    expect(updates.map(({ isSnapshot }) => isSnapshot)).toEqual([true, true]);
  });

  it.each([
    ['that is ahead', encodeCursor({ epoch: 'epoch-1', sequence: 3, isComplete: true })],
    ['that is no cursor', 'nonsense'],
    ['that is empty', ''],
    ['that was changed', `${encodeCursor({ epoch: 'epoch-1', sequence: 1, isComplete: true })}=`],
    ['that is a number', 7],
  ])('refuses a cursor %s', (_what, cursor) => {
    expect(() => logOf(one, two).subscribe(cursor)).toThrow(
      expect.objectContaining({
        extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
      }) as Error,
    );
  });

  it('ends the stream of a reader who falls behind, who goes on from the last cursor', async () => {
    const log = logOf(one);
    const stream = log.subscribe(null);
    const [first] = await take(stream, 1);
    for (const each of [two, changed, two]) log.append(each); // One more than the backlog of 2.

    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'SLOW_CONSUMER' } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(seen(await take(log.subscribe(first?.cursor), 3)).map(({ account }) => account)).toEqual(
      [two, changed, two],
    );
  });

  it('ends a stream that is waiting when its reader leaves', async () => {
    const stream = logOf().subscribe(null);
    const waiting = stream.next();

    await stream.return();

    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('gives every reader every change once and in order, wherever it was cut off', async () => {
    const cuts = fc.array(fc.nat({ max: 3 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (steps) => {
        const log = new UpdateLog('epoch-1', { keptMax: 100, backlogMax: 100 });
        let cursor: string | null = encodeCursor({
          epoch: 'epoch-1',
          sequence: 0,
          isComplete: true,
        });
        const received: unknown[] = [];
        let sent = 0;
        for (const count of steps) {
          const stream = log.subscribe(cursor);
          for (let i = 0; i < count; i += 1) log.append(record('deribit:1', String((sent += 1))));
          for (const update of await take(stream, count)) {
            received.push(update.account.state?.collateral[0]?.quantity);
            cursor = update.cursor;
          }
          await stream.return();
        }
        const expected = Array.from({ length: sent }, (_, i) => holding(String(i + 1)));
        expect(received).toEqual(expected.map(({ collateral }) => collateral[0]?.quantity));
      }),
    );
  });
});
