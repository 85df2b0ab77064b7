import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoSource } from '../../../subgraphs/oracle/demoSource.js';
import { PriceBoard } from '../../../subgraphs/oracle/priceBoard.js';
import { demoResolvers, resolvers } from '../../../subgraphs/oracle/resolvers.js';
import { priceMover } from '../../../subgraphs/oracle/service.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { smallMarket } from '../../support/demoMarket.js';
import { post, watch, webSocketClient } from '../../support/graphqlClient.js';
import { ManualClock } from '../../support/manualClock.js';
import { MemoryPriceKeeper } from '../../support/memoryPriceKeeper.js';

const sdl = (name: string) =>
  readFileSync(new URL(`../../../subgraphs/oracle/${name}.graphql`, import.meta.url), 'utf8');

let clock: ManualClock;
let board: PriceBoard;
let source: DemoSource;
let subgraph: RunningSubgraph;

beforeEach(async () => {
  clock = new ManualClock();
  board = new PriceBoard();
  source = await DemoSource.open({
    market: smallMarket,
    seed: 42,
    tickMs: 250,
    clock,
    keeper: new MemoryPriceKeeper(),
    onKeepFailed: (error) => {
      throw error;
    },
  });
  source.start((batch) => board.publish(batch));
  const context = { board, now: clock.now, movePrice: priceMover(source) };
  subgraph = await startSubgraph({
    typeDefs: sdl('schema') + sdl('demo'),
    resolvers: demoResolvers,
    port: 0,
    context: () => context,
  });
});

afterEach(async () => {
  await subgraph.close();
  await source.close();
});

const MOVE = `mutation ($input: MovePriceInput!) { movePrice(input: $input) { assetId price } }`;
const input = { assetId: 'BTC', price: '62560', idempotencyKey: 'key-1' };

describe('the oracle subgraph', () => {
  it('answers prices with their source, band, time and status', async () => {
    const query = `{ prices(assets: ["BTC", "NONE", "BTC"]) {
      assetId price confidence source publishedAt status
    } }`;

    expect(await post(subgraph.url, query)).toEqual({
      data: {
        prices: [
          {
            assetId: 'BTC',
            price: '68000',
            confidence: '6.8',
            source: 'demo',
            publishedAt: '2026-11-22T12:00:00.000Z',
            status: 'OK',
          },
        ],
      },
    });
  });

  it('answers all prices when none is named', async () => {
    const { data } = await post(subgraph.url, '{ prices { assetId } }');

    expect(data).toEqual({
      prices: [{ assetId: 'BTC' }, { assetId: 'ETH' }, { assetId: 'USD' }],
    });
  });

  it('prices the assets and instruments of other subgraphs, null where it has no price', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Asset { id price { price } }
      ... on Instrument { id price { price currency status } }
    } }`;
    const of = [
      { __typename: 'Asset', id: 'USD' },
      { __typename: 'Asset', id: 'NONE' },
      { __typename: 'Instrument', id: 'deribit:ETH-31DEC27-4000-C' },
      { __typename: 'Instrument', id: 'deribit:NONE' },
    ];

    expect(await post(subgraph.url, query, { of })).toEqual({
      data: {
        _entities: [
          { id: 'USD', price: { price: '1' } },
          { id: 'NONE', price: null },
          {
            id: 'deribit:ETH-31DEC27-4000-C',
            price: { price: '0.2094', currency: 'ETH', status: 'OK' },
          },
          { id: 'deribit:NONE', price: null },
        ],
      },
    });
  });

  it('says that prices are stale once their source is silent', async () => {
    await source.close();
    clock.advance(5_001);

    expect(await post(subgraph.url, '{ prices(assets: ["BTC"]) { status } }')).toEqual({
      data: { prices: [{ status: 'STALE' }] },
    });
  });

  it('sends all prices first, and a moved one with its marks as soon as it moves', async () => {
    const client = webSocketClient(subgraph.url);
    const updates = watch(
      client,
      'subscription { priceUpdates { assets { assetId price } instruments { instrumentId price } } }',
    );
    const first = await updates.next();
    const next = updates.next();
    const answer = await post(subgraph.url, MOVE, { input });

    expect({
      count: (first['priceUpdates'] as { assets: [] }).assets.length,
      answer,
      next: await next,
    }).toEqual({
      count: 3,
      answer: { data: { movePrice: { assetId: 'BTC', price: '62560' } } },
      next: {
        priceUpdates: {
          assets: [{ assetId: 'BTC', price: '62560' }],
          instruments: [{ instrumentId: 'deribit:BTC-PERPETUAL', price: '62560' }],
        },
      },
    });
    await updates.stop();
    await client.dispose();
  });

  it('forgets a subscriber that leaves, also while nothing changes', async () => {
    const client = webSocketClient(subgraph.url);
    const updates = watch(client, 'subscription { priceUpdates { assets { assetId } } }');
    await updates.next();
    const before = board.watchers;
    await client.dispose();

    expect(before).toBe(1);
    await expect.poll(() => board.watchers).toBe(0);
  });

  it.each([
    { name: 'a price of zero', change: { price: '0' }, argument: 'price' },
    { name: 'an asset that it does not have', change: { assetId: 'NONE' }, argument: 'assetId' },
  ])('refuses to move $name, and says which argument', async ({ change, argument }) => {
    const { errors } = await post(subgraph.url, MOVE, { input: { ...input, ...change } });

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });
});

describe('the oracle subgraph without the demo', () => {
  it('has no way to move a price, and answers that it has none', async () => {
    const context = { board: new PriceBoard(), now: clock.now };
    const plain = await startSubgraph({
      typeDefs: sdl('schema'),
      resolvers,
      port: 0,
      context: () => context,
    });
    const answers = [
      await post(plain.url, '{ prices { assetId } }'),
      await post(plain.url, '{ __schema { mutationType { name } } }'),
    ];
    await plain.close();

    expect(answers).toEqual([
      { data: { prices: [] } },
      { data: { __schema: { mutationType: null } } },
    ]);
  });
});
