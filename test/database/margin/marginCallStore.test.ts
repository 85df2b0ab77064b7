import { beforeEach, describe, expect, it } from 'vitest';
import type {
  CallLogConflict,
  MarginCallStore,
} from '../../../subgraphs/margin/live/marginCallStore.js';
import { marginCallStore } from '../../../subgraphs/margin/store.js';
import { usd } from '../../../subgraphs/shared/units.js';
import { testDatabase } from '../../support/testDatabase.js';
import { transitions } from '../../unit/margin/transitions.js';

const db = testDatabase();
let store: MarginCallStore;
/** A new account for each test, because nothing can be taken out of the log. */
let account: string;
let accounts = 0;
beforeEach(() => {
  store = marginCallStore(db.prisma);
  account = `fund-${(accounts += 1)}`;
});

const CALL_ID = '2b1a0d5e-54f6-4d8c-9c3e-7a1f1c6f0a11';
const conflict = expect.objectContaining({ name: 'CallLogConflict' }) as CallLogConflict;

describe('the log of margin calls in PostgreSQL', () => {
  it('gives back what was appended, to the last digit, in order and from a sequence on', async () => {
    const [first, ...rest] = transitions(1, 4, account);
    const call = rest.map((transition) => ({ ...transition, callId: CALL_ID, marginRatio: null }));
    await store.append([...(first === undefined ? [] : [first]), ...call]);

    expect(await store.read(account, 0n, 10)).toEqual([first, ...call]);
    expect(await store.read(account, 1n, 2)).toEqual(call.slice(0, 2));
    expect(await store.read('nobody', 0n, 10)).toEqual([]);
  });

  it('keeps many accounts in one append', async () => {
    const many = Array.from({ length: 300 }, (_, i) => transitions(1, 3, `${account}-${i}`));
    await store.append(many.flat());

    const heads = await store.heads([`${account}-0`, `${account}-299`, 'nobody']);
    expect(heads).toEqual(
      new Map(
        [`${account}-0`, `${account}-299`].map((id) => [
          id,
          { sequence: 3n, status: 'WARNING', callId: null },
        ]),
      ),
    );
  });

  it('knows the open call of a head, and none after it was closed', async () => {
    const [opened, closed] = transitions(1, 2, account);
    if (opened === undefined || closed === undefined) throw new Error('no transitions');
    await store.append([{ ...opened, status: 'CALL', callId: CALL_ID }]);
    expect((await store.heads([account])).get(account)).toEqual({
      sequence: 1n,
      status: 'CALL',
      callId: CALL_ID,
    });

    await store.append([{ ...closed, previousStatus: 'CALL', status: 'WARNING', callId: CALL_ID }]);
    expect((await store.heads([account])).get(account)).toEqual({
      sequence: 2n,
      status: 'WARNING',
      callId: null,
    });
  });

  it('takes a repeat of what is stored for a success', async () => {
    await store.append(transitions(1, 3, account));
    await store.append(transitions(1, 3, account));

    expect(await store.read(account, 0n, 10)).toHaveLength(3);
  });

  it('refuses all of an append when another writer has used one of its numbers', async () => {
    await store.append(transitions(1, 2, account));
    const other = transitions(2, 3, account).map((t) => ({ ...t, equity: usd('1') }));

    await expect(store.append(other)).rejects.toEqual(conflict);
    await expect(store.append(transitions(2, 4, account))).rejects.toEqual(conflict);
    expect(await store.read(account, 0n, 10)).toEqual(transitions(1, 2, account));
  });

  it('lets one of two writers win, whoever is first', async () => {
    const rivals = ['1', '2'].map((equity) =>
      transitions(1, 1, account).map((t) => ({ ...t, equity: usd(equity) })),
    );
    const outcomes = await Promise.allSettled(rivals.map((rival) => store.append(rival)));

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await store.read(account, 0n, 10)).toHaveLength(1);
  });
});
