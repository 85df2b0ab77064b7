import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { architectureStore } from '../../../subgraphs/margin/architectureStore.js';
import type {
  ArchitectureStore,
  ArchitectureSwitch,
} from '../../../subgraphs/margin/live/architectureSwitch.js';
import { usd } from '../../../subgraphs/shared/units.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();

let store: ArchitectureStore;
let accountId: string;
beforeEach(() => {
  store = architectureStore(database.prisma);
  accountId = `acct-${randomUUID()}`;
});

const answer = (sequence: bigint, changes: Partial<ArchitectureSwitch> = {}) => ({
  accountId,
  sequence,
  idempotencyKey: `key-${sequence}`,
  previousArchitecture: 'CROSS' as const,
  requestedArchitecture: 'PORTFOLIO' as const,
  refusal: null,
  model: 'portfolio',
  parameterSet: { name: 'unified-1', hash: 'p' },
  snapshotHash: 's',
  asOf: new Date('2026-11-22T11:59:59.000Z'),
  quality: 'LIVE' as const,
  equity: usd('-1.000000000000000001'),
  initialMargin: usd('12345678901234567890.123456789012345678'),
  maintenanceMargin: usd('2'),
  occurredAt: new Date('2026-11-22T12:00:00.000Z'),
  ...changes,
});

/** The same, whether it is asked for alone or among all. */
const headOf = async () => {
  const head = await store.head(accountId);
  expect((await store.heads()).get(accountId) ?? null).toEqual(head);
  return head;
};

describe('the store of architecture switches', () => {
  it('finds an answer by its key as it was given, and under no other account', async () => {
    await store.append(answer(1n));

    expect(await store.find(accountId, 'key-1')).toEqual(answer(1n));
    expect(await store.find(accountId, 'key-2')).toBeNull();
    expect(await store.find('somebody-else', 'key-1')).toBeNull();
  });

  it('knows no architecture of an account that never asked for one', async () => {
    expect(await headOf()).toBeNull();
  });

  it('has the last switch in force', async () => {
    await store.append(answer(1n));
    expect(await headOf()).toEqual({ sequence: 1n, architecture: 'PORTFOLIO' });

    const back = { previousArchitecture: 'PORTFOLIO', requestedArchitecture: 'ISOLATED' } as const;
    await store.append(answer(2n, back));
    expect(await headOf()).toEqual({ sequence: 2n, architecture: 'ISOLATED' });
  });

  it('leaves in force what a refusal left', async () => {
    await store.append(answer(1n, { refusal: 'BELOW_INITIAL_MARGIN' }));

    expect(await headOf()).toEqual({ sequence: 1n, architecture: 'CROSS' });
  });

  it('refuses a second answer to a key, or of a sequence', async () => {
    await store.append(answer(1n));

    await expect(store.append(answer(2n, { idempotencyKey: 'key-1' }))).rejects.toThrow();
    await expect(store.append(answer(1n, { idempotencyKey: 'key-2' }))).rejects.toThrow();
    expect(await headOf()).toEqual({ sequence: 1n, architecture: 'PORTFOLIO' });
  });
});
