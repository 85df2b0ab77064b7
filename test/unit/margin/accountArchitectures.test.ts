import type { Architecture } from '../../../subgraphs/margin/domain/portfolio/architecture.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  AccountArchitectures,
  type SwitchDecision,
} from '../../../subgraphs/margin/live/accountArchitectures.js';
import { usd } from '../../../subgraphs/shared/units.js';
import { NOW } from './books.js';
import { MemoryArchitectures } from './memoryArchitectures.js';

const accepted: SwitchDecision = {
  refusal: null,
  model: 'portfolio',
  parameterSet: { name: 'unified-1', hash: 'p' },
  snapshotHash: 's',
  asOf: NOW,
  quality: 'LIVE',
  equity: usd('3'),
  initialMargin: usd('2'),
  maintenanceMargin: usd('1'),
  occurredAt: NOW,
};
const refused: SwitchDecision = { ...accepted, refusal: 'BELOW_INITIAL_MARGIN' };

let store: MemoryArchitectures;
let architectures: AccountArchitectures;
const changed = vi.fn();
beforeEach(async () => {
  changed.mockReset();
  store = new MemoryArchitectures();
  architectures = await AccountArchitectures.load(store);
  architectures.observe(changed);
});

const request = (
  architecture: Architecture,
  idempotencyKey: string,
  decision = accepted,
  accountId = 'fund-1',
) => architectures.request({ accountId, architecture, idempotencyKey }, () => decision);

describe('the architecture of an account', () => {
  it('is CROSS until another is accepted, and then that one, after a restart too', async () => {
    expect(architectures.of('fund-1')).toBe('CROSS');

    await request('PORTFOLIO', 'key-1');

    expect(architectures.of('fund-1')).toBe('PORTFOLIO');
    expect(architectures.of('fund-2')).toBe('CROSS');
    expect((await AccountArchitectures.load(store)).of('fund-1')).toBe('PORTFOLIO');
    expect(changed.mock.calls).toEqual([['fund-1']]);
  });

  it('stays when the request is refused, and the refusal is kept', async () => {
    await request('PORTFOLIO', 'key-1');
    const answer = await request('ISOLATED', 'key-2', refused);

    expect(answer).toMatchObject({ sequence: 2n, previousArchitecture: 'PORTFOLIO', ...refused });
    expect(architectures.of('fund-1')).toBe('PORTFOLIO');
    expect(store.stored).toHaveLength(2);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('is decided once for each key, whatever would be decided now', async () => {
    const first = await request('PORTFOLIO', 'key-1', refused);

    expect(await request('PORTFOLIO', 'key-1', accepted)).toEqual(first);
    expect(architectures.of('fund-1')).toBe('CROSS');
  });

  it('is decided one request after the other, each about what the last one left', async () => {
    const seen: Architecture[] = [];
    const targets = ['PORTFOLIO', 'ISOLATED', 'CROSS', 'PORTFOLIO'] as const;
    await Promise.all(
      targets.map((architecture, i) =>
        architectures.request(
          { accountId: 'fund-1', architecture, idempotencyKey: `key-${i}` },
          (previous) => {
            seen.push(previous);
            return accepted;
          },
        ),
      ),
    );

    expect(seen).toEqual(['CROSS', 'PORTFOLIO', 'ISOLATED', 'CROSS']);
    expect(store.stored.map(({ sequence }) => sequence)).toEqual([1n, 2n, 3n, 4n]);
  });

  it('stays when nothing can be decided, and the same key may be tried again', async () => {
    const undecided = architectures.request(
      { accountId: 'fund-1', architecture: 'PORTFOLIO', idempotencyKey: 'key-1' },
      () => {
        throw new Error('no price');
      },
    );
    await expect(undecided).rejects.toThrow('no price');
    expect(store.stored).toEqual([]);

    await request('PORTFOLIO', 'key-1');
    expect(architectures.of('fund-1')).toBe('PORTFOLIO');
  });

  it('is taken over from the store when the answer to a request was lost', async () => {
    store.losesAnswer = true;
    await expect(request('PORTFOLIO', 'key-1')).rejects.toThrow('connection reset');

    expect(await request('PORTFOLIO', 'key-1', refused)).toMatchObject(accepted);
    expect(architectures.of('fund-1')).toBe('PORTFOLIO');
    expect(changed.mock.calls).toEqual([['fund-1']]);
  });
});
