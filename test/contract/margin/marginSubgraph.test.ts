import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MarginParameters } from '../../../subgraphs/margin/parameters/marginParameters.js';
import { longBtc } from './fakeVenue.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let graph: MarginUnderTest;
beforeEach(async () => {
  graph = new MarginUnderTest();
  await graph.start();
});
afterEach(() => graph.stop());

const standard = MarginParameters.load().inForce('standard', new Date());

const account = (id: string) => ({ __typename: 'Account', id });
const venueAccount = (id: string) => ({ __typename: 'VenueAccount', id });
const marginFields = `... on Account { margin {
  quality status equity maintenanceMargin marginRatio reasons
} }`;

const marginOf = async (id = 'fund-1') => {
  const { entities, errors } = await graph.entities([account(id)], marginFields);
  return { margin: (entities[0] as { margin: object | null }).margin, error: errors?.[0] };
};
/** Waits until the margin is such. */
const untilMargin = (margin: object) =>
  vi.waitFor(async () => expect((await marginOf()).margin).toMatchObject(margin), 5_000);

const LIVE = { quality: 'LIVE', equity: '4500', maintenanceMargin: '3000', marginRatio: '1.5' };

describe('the margin of an account', () => {
  it('is that of its venues together, with the parameters that it was computed with', async () => {
    await untilMargin(LIVE);

    const { entities, errors } = await graph.entities(
      [account('fund-1'), venueAccount('deribit:1')],
      `... on Account { margin {
        account { id } model parameterSet { name hash } snapshotHash
        venues { venueAccountId equity positions { positionId notional } }
      } }
      ... on VenueAccount { margin { venueAccountId marginRatio collateral { assetId haircut } } }`,
    );

    expect(errors).toBeUndefined();
    expect(entities).toEqual([
      {
        margin: {
          account: { id: 'fund-1' },
          model: 'standard',
          parameterSet: { name: standard.name, hash: standard.hash },
          snapshotHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          venues: [
            {
              venueAccountId: 'deribit:1',
              equity: '4500',
              positions: [{ positionId: 'p1', notional: '60000' }],
            },
            { venueAccountId: 'okx:7', equity: '0', positions: [] },
          ],
        },
      },
      {
        margin: {
          venueAccountId: 'deribit:1',
          marginRatio: '1.5',
          collateral: [{ assetId: 'USD', haircut: '0' }],
        },
      },
    ]);
  });

  it('is null with an error where it is not known, and leaves the others alone', async () => {
    await untilMargin(LIVE);

    const { entities, errors } = await graph.entities(
      [account('fund-1'), account('fund-2'), account('nobody'), venueAccount('deribit:404')],
      `${marginFields} ... on VenueAccount { margin { quality } }`,
    );

    expect(entities).toEqual([
      { margin: expect.anything() as object },
      { margin: null },
      { margin: null },
      { margin: null },
    ]);
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'VENUE_UNAVAILABLE', venue: 'deribit' },
      { code: 'NOT_FOUND', id: 'nobody' },
      { code: 'NOT_FOUND', id: 'deribit:404' },
    ]);
  });

  it('of an account that has nothing is nothing', async () => {
    await vi.waitFor(async () => {
      expect((await marginOf('fund-3')).margin).toEqual({
        quality: 'LIVE',
        status: 'HEALTHY',
        equity: '0',
        maintenanceMargin: '0',
        marginRatio: null,
        reasons: [],
      });
    }, 5_000);
  });
});

describe('all answers to one request', () => {
  it('come from one snapshot, however prices move between them', async () => {
    await untilMargin(LIVE);
    const headers = { 'x-request-id': 'operation-1' };
    const equity = async (reference: { __typename: string; id: string }) => {
      const fields = `... on Account { margin { equity } } ... on VenueAccount { margin { equity } }`;
      const { entities } = await graph.entities([reference], fields, headers);
      return (entities[0] as { margin: { equity: string } }).margin.equity;
    };

    const before = await equity(account('fund-1'));
    graph.oracle.tell('61000');
    await untilMargin({ equity: '5500' });

    expect([before, await equity(venueAccount('deribit:1'))]).toEqual(['4500', '4500']);
  });
});

describe('a venue that goes away', () => {
  it('leaves its last state standing in, STALE, and recovers when it returns', async () => {
    await untilMargin(LIVE);
    await graph.okx.stop();
    await untilMargin({ ...LIVE, quality: 'STALE' });

    await graph.okx.start();

    await untilMargin(LIVE);
  });

  it('is asked on its return for what came after the last update, and its changes count', async () => {
    await untilMargin(LIVE);
    await graph.deribit.endStreams();
    await vi.waitFor(() => expect(graph.deribit.askedAfter).toHaveLength(2), 5_000);
    graph.deribit.tell(longBtc('deribit:1', '1', '5000'));
    await untilMargin({ equity: '5000' });
    await graph.deribit.stop();
    await graph.deribit.start();
    await vi.waitFor(() => expect(graph.deribit.askedAfter).toHaveLength(3), 5_000);

    expect(graph.deribit.askedAfter).toEqual([null, 'life 1, update 1', 'life 1, update 2']);
    await untilMargin({ quality: 'LIVE', equity: '5000' });
  });

  it('loses its collateral and gains after thirty seconds', async () => {
    graph.oracle.tell('61000');
    await untilMargin({ equity: '5500' });
    await graph.deribit.stop();
    await untilMargin({ quality: 'STALE', equity: '5500' });
    graph.passedMs = 31_000;

    await untilMargin({ quality: 'STALE', equity: '0', maintenanceMargin: '3050' });
  });
});

describe('an update that breaks the contract', () => {
  it('makes its account STALE with the reason, and the next good one makes it LIVE', async () => {
    await untilMargin(LIVE);
    const good = longBtc('deribit:1', '1', '4500');
    graph.deribit.tell({ ...good, positions: longBtc('deribit:1', '0', '0').positions });
    await untilMargin({
      ...LIVE,
      quality: 'STALE',
      reasons: [
        'The last known state of deribit stands in: its last update could not be used ' +
          '(update.account.positions.0.size: must not be zero).',
      ],
    });

    graph.deribit.tell(good);

    await untilMargin(LIVE);
  });

  it('cannot speak for another venue', async () => {
    await untilMargin(LIVE);
    graph.deribit.tell(longBtc('okx:7', '1', '1000000'));

    await untilMargin({ quality: 'STALE', equity: '4500' });
  });
});

describe('prices that stop', () => {
  it('grow STALE after ten seconds', async () => {
    await untilMargin(LIVE);
    graph.passedMs = 11_000;

    await untilMargin({
      ...LIVE,
      quality: 'STALE',
      reasons: ['The price of deribit:BTC-LINEAR is stale.'],
    });
  });
});
