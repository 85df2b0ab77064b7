import { beforeEach, describe, expect, it } from 'vitest';
import { DemoSource } from '../../../subgraphs/oracle/demoSource.js';
import type { PriceBatch } from '../../../subgraphs/oracle/domain/publishedPrice.js';
import { format, price } from '../../../subgraphs/shared/units.js';
import { smallMarket } from '../../support/demoMarket.js';
import { ManualClock } from '../../support/manualClock.js';
import { MemoryPriceKeeper } from '../../support/memoryPriceKeeper.js';

let clock: ManualClock;
let keeper: MemoryPriceKeeper;
let batches: PriceBatch[];
let keepFailures: unknown[];

beforeEach(() => {
  clock = new ManualClock();
  keeper = new MemoryPriceKeeper();
  batches = [];
  keepFailures = [];
});

async function startedSource(): Promise<DemoSource> {
  const source = await DemoSource.open({
    market: smallMarket,
    seed: 42,
    tickMs: 250,
    clock,
    keeper,
    onKeepFailed: (error) => keepFailures.push(error),
  });
  source.start((batch) => batches.push(batch));
  return source;
}

const idsOf = ({ assets, instruments }: PriceBatch) => [
  ...assets.map(({ assetId }) => assetId),
  ...instruments.map(({ instrumentId }) => instrumentId),
];

const pricesOf = ({ assets, instruments }: PriceBatch) =>
  [...assets, ...instruments].map((one) => format(one.price));

describe('the demo source', () => {
  it('begins with every price where the market says', async () => {
    await startedSource();

    expect(batches.map((batch) => [idsOf(batch), pricesOf(batch)])).toEqual([
      [
        ['BTC', 'ETH', 'USD', 'deribit:BTC-PERPETUAL', 'deribit:ETH-31DEC27-4000-C'],
        // The call: 403.83 ÷ 365 years at 60 %: d1 = 0.1486, d2 = −0.4825, so that
        // 3600 × 0.559 07 − 4000 × 0.314 72 = 753.8, and 753.8 ÷ 3600 = 0.2094.
        ['68000', '3600', '1', '68000', '0.2094'],
      ],
    ]);
  });

  it('publishes on every tick what has moved, of one instant', async () => {
    await startedSource();
    clock.advance(250);

    const [, tick] = batches;
    const instants = [...(tick?.assets ?? []), ...(tick?.instruments ?? [])].map((one) =>
      one.publishedAt.toISOString(),
    );
    expect(tick && idsOf(tick).slice(0, 2)).toEqual(['BTC', 'ETH']);
    expect(new Set(instants)).toEqual(new Set(['2026-11-22T12:00:00.250Z']));
  });

  it('repeats a price that stands still before its heartbeat runs out', async () => {
    await startedSource();
    clock.advance(10_000);

    const instants = batches
      .flatMap(({ assets }) => assets)
      .filter(({ assetId }) => assetId === 'USD')
      .map(({ publishedAt }) => publishedAt.getTime() - Date.parse('2026-11-22T12:00:00Z'));
    expect(instants).toEqual([0, 2_500, 5_000, 7_500, 10_000]);
  });

  it('walks the same way for the same seed and ticks', async () => {
    await startedSource();
    clock.advance(5_000);
    const first = batches.map(pricesOf);
    clock = new ManualClock();
    keeper = new MemoryPriceKeeper();
    batches = [];
    await startedSource();
    clock.advance(5_000);

    expect(batches.map(pricesOf)).toEqual(first);
  });
});

describe('a move on command', () => {
  it('is kept, and published at once with the marks on it, before it is acknowledged', async () => {
    const source = await startedSource();
    const moved = await source.move('BTC', price('62560.123'));

    expect({
      moved: format(moved.price),
      kept: keeper.kept.get('BTC'),
      published: batches.slice(1).map((batch) => [idsOf(batch), pricesOf(batch)]),
    }).toEqual({
      moved: '62560.123',
      kept: {
        assetId: 'BTC',
        price: price('62560.123'),
        anchor: price('62560.123'),
        publishedAt: clock.now(),
      },
      published: [
        [
          ['BTC', 'deribit:BTC-PERPETUAL'],
          ['62560.123', '62560'],
        ],
      ],
    });
  });

  it('changes and publishes nothing when it cannot be kept', async () => {
    const source = await startedSource();
    keeper.failure = new Error('the disk is full');

    await expect(source.move('BTC', price('1'))).rejects.toThrow('the disk is full');
    expect(batches).toHaveLength(1);
  });

  it('outlives a write of older prices that is still under way', async () => {
    const source = await startedSource();
    clock.advance(5_000); // Begins to keep the walk's prices.
    await source.move('BTC', price('62560'));

    expect(keeper.kept.get('BTC')?.anchor).toEqual(price('62560'));
  });

  it('is the level that the walk goes on around, in this process and in the next', async () => {
    const first = await startedSource();
    await first.move('BTC', price('62560'));
    clock.advance(60_000);
    await first.close();
    const last = keeper.kept.get('BTC');
    batches = [];
    await startedSource();
    const [resumed] = batches;

    expect(last?.anchor).toEqual(price('62560'));
    expect(resumed && pricesOf(resumed)[0]).toBe(last && format(last.price));
    clock.advance(60_000);
    const bitcoin = batches.flatMap(({ assets }) => assets.filter((one) => one.assetId === 'BTC'));
    const farthest = Math.max(
      ...bitcoin.map((one) => Math.abs(Number(format(one.price)) / 62_560 - 1)),
    );
    expect(farthest).toBeLessThan(0.005);
  });
});

describe('keeping the walk', () => {
  it('happens every five seconds and when the source closes, and then no timer runs', async () => {
    const source = await startedSource();
    clock.advance(10_000);
    await source.close();

    expect([keeper.saves, clock.timers]).toEqual([3, 0]);
  });

  it('is tried again after it failed, and the failure is told', async () => {
    const source = await startedSource();
    keeper.failure = new Error('the server restarts');
    clock.advance(5_000);
    await expect.poll(() => keepFailures).toEqual([keeper.failure]);
    keeper.failure = null;
    clock.advance(5_000);
    await source.close();

    expect([keeper.saves, [...keeper.kept.keys()]]).toEqual([2, ['BTC', 'ETH', 'USD']]);
  });
});
