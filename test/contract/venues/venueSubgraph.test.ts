import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { Refusal } from '../../../subgraphs/venues/kit/refusal.js';
import { venueSubgraph } from '../../../subgraphs/venues/kit/venueSubgraph.js';
import { post, watch, webSocketClient } from '../../support/graphqlClient.js';
import { fakeVenue, holding, type Answer, type FakeVenue } from '../../unit/venues/fakeVenue.js';

const ids = Array.from({ length: 100 }, (_, i) => String(1000 + i));
let venue: FakeVenue;
let server: RunningSubgraph;
let client: ReturnType<typeof webSocketClient>;

const answer = async (answers: Readonly<Record<string, Answer>>) => {
  venue.answers = new Map(Object.entries(answers));
  await venue.feed.poll();
};

beforeEach(async () => {
  venue = fakeVenue(Object.fromEntries(ids.map((id) => [id, holding(id)])));
  server = await startSubgraph({
    ...venueSubgraph({ slug: 'deribit', name: 'Deribit' }, venue.log),
    port: 0,
  });
  client = webSocketClient(server.url);
});

afterEach(async () => {
  await client.dispose();
  await server.close();
});

const ENTITIES = `query ($keys: [_Any!]!) {
  _entities(representations: $keys) {
    ... on DeribitAccount { id collateral { asset { id } quantity location status isCollateral } }
  }
}`;
const key = (id: string) => ({ __typename: 'DeribitAccount', id: `deribit:${id}` });

const UPDATES = `subscription ($after: Cursor) {
  deribitAccountUpdated(after: $after) {
    cursor
    isSnapshot
    account { id collateral { quantity } snapshot { quality problem } }
  }
}`;

interface Update {
  cursor: string;
  isSnapshot: boolean;
  account: unknown;
}

const update = (data: Readonly<Record<string, unknown>>) => data['deribitAccountUpdated'] as Update;

const account = (id: string, quantity: string, problem: string | null = null) => ({
  id: `deribit:${id}`,
  collateral: [{ quantity }],
  snapshot: { quality: problem === null ? 'LIVE' : 'STALE', problem },
});

describe('a venue subgraph over HTTP', () => {
  it('answers 100 keys in one call, in their order, with null for those unknown', async () => {
    await venue.feed.poll();
    const asked = ids.toReversed().map((id, i) => (i === 50 ? '77' : id));

    const { data, errors } = await post(server.url, ENTITIES, { keys: asked.map(key) });

    const expected = asked.map((id) =>
      id === '77'
        ? null
        : {
            id: `deribit:${id}`,
            collateral: [
              {
                asset: { id: 'BTC' },
                quantity: id,
                location: 'VENUE',
                status: 'SETTLED',
                isCollateral: true,
              },
            ],
          },
    );
    expect({ data, errors }).toEqual({ data: { _entities: expected }, errors: undefined });
  });

  it('has null for everything while the venue has never answered well', async () => {
    await answer({ '1': new Error('connection refused') });
    const query = `{ deribitAccount(id: "deribit:1") {
      id positions { id } collateral { quantity } reportedMargin { currency } snapshot { quality }
    } }`;

    expect((await post(server.url, query)).data).toEqual({
      deribitAccount: {
        id: 'deribit:1',
        positions: null,
        collateral: null,
        reportedMargin: null,
        snapshot: null,
      },
    });
  });

  it('keeps the last good state, and says since when and why it is stale', async () => {
    await answer({ '1': holding('2') });
    venue.clock.advance(60_000);
    await answer({ '1': new Refusal('deribit', 'positions.result[0].size', 'missing') });
    const query = `{ deribitAccount(id: "deribit:1") {
      collateral { quantity } snapshot { quality asOf receivedAt problem notices }
    } }`;

    expect((await post(server.url, query)).data).toEqual({
      deribitAccount: {
        collateral: [{ quantity: '2' }],
        snapshot: {
          quality: 'STALE',
          asOf: '2026-11-20T14:00:00.000Z',
          receivedAt: '2026-11-22T12:00:00.000Z',
          problem: 'deribit positions.result[0].size: missing',
          notices: [],
        },
      },
    });
  });

  it('has null for an account that it does not know', async () => {
    const { data } = await post(server.url, '{ deribitAccount(id: "okx:1") { id } }');

    expect(data).toEqual({ deribitAccount: null });
  });
});

describe('a venue subgraph over graphql-ws', () => {
  it('sends the states, then changes, quality included, and goes on after a cursor', async () => {
    await answer({ '1': holding('2'), '2': holding('3') });
    const first = watch(client, UPDATES);
    const states = [update(await first.next()), update(await first.next())];
    await answer({ '1': holding('2.5'), '2': holding('3') });
    const change = update(await first.next());
    await first.stop();
    await answer({ '1': new Refusal('deribit', 'positions', 'not JSON'), '2': holding('3') });
    await answer({ '1': holding('2.5'), '2': holding('3') });

    const resumed = watch(client, UPDATES, { after: change.cursor });
    const missed = [update(await resumed.next()), update(await resumed.next())];

    const all = [...states, change, ...missed];
    expect(all.map(({ isSnapshot, account: state }) => [isSnapshot, state])).toEqual([
      [true, account('1', '2')],
      [true, account('2', '3')],
      [false, account('1', '2.5')],
      [false, account('1', '2.5', 'deribit positions: not JSON')],
      [false, account('1', '2.5')],
    ]);
    expect(new Set(all.slice(1).map(({ cursor }) => cursor)).size).toBe(4);
  });

  it('sends the states again after the cursor of another run', async () => {
    await answer({ '1': holding('2') });
    const after = Buffer.from('epoch-0.1').toString('base64url');

    const states = watch(client, UPDATES, { after });

    expect(update(await states.next())).toMatchObject({
      isSnapshot: true,
      account: account('1', '2'),
    });
  });

  it.each(['nonsense', Buffer.from('epoch-1.99').toString('base64url')])(
    'refuses the cursor %j with BAD_USER_INPUT',
    async (after) => {
      const events = client.iterate({ query: UPDATES, variables: { after } });

      expect(await events.next()).toMatchObject({
        value: { errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }] },
      });
      expect(await events.next()).toMatchObject({ done: true });
    },
  );
});
