/**
 * The demo's prices: every asset walks by itself, moves on command, and goes on from where it was
 * when the process starts again.
 */

import type { Price } from '../shared/units.js';
import type { Clock } from './clock.js';
import type { DemoMarket } from './domain/demoMarket.js';
import { demoPrices } from './domain/demoPrices.js';
import { isEmpty, newsIn, PriceTable } from './domain/priceTable.js';
import { moveWalk, startWalk, stepWalk, type WalkState } from './domain/priceWalk.js';
import type { AssetPrice, PriceBatch } from './domain/publishedPrice.js';
import type { KeptPrice, PriceKeeper } from './priceKeeper.js';
import type { PriceSource } from './priceSource.js';
import { SerialQueue } from './serialQueue.js';

export interface DemoSourceOptions {
  readonly market: DemoMarket;
  /** The same seed and the same ticks give the same prices. */
  readonly seed: number;
  readonly tickMs: number;
  readonly clock: Clock;
  readonly keeper: PriceKeeper;
  /** Told when prices could not be kept; the next ones are tried all the same. */
  readonly onKeepFailed: (error: unknown) => void;
}

const KEEP_INTERVAL_MS = 5_000;

export class DemoSource implements PriceSource {
  readonly #options: DemoSourceOptions;
  readonly #walks: Map<string, WalkState>;
  readonly #published = new PriceTable();
  /** Writes run one by one: an older price must not overwrite a move that came after it. */
  readonly #writes = new SerialQueue();
  #publish: (batch: PriceBatch) => void = () => undefined;
  #steppedAt: Date;
  #timers: readonly (() => void)[] = [];

  private constructor(options: DemoSourceOptions, walks: Map<string, WalkState>) {
    this.#options = options;
    this.#walks = walks;
    this.#steppedAt = options.clock.now();
  }

  /** Goes on from the prices that are kept; the others begin where the market says. */
  static async open(options: DemoSourceOptions): Promise<DemoSource> {
    const kept = new Map((await options.keeper.load()).map((row) => [row.assetId, row]));
    const walks = options.market.assets.map(({ id, startPrice }): [string, WalkState] => {
      const { price, anchor } = kept.get(id) ?? { price: startPrice, anchor: startPrice };
      return [id, startWalk(options.seed, id, price, anchor)];
    });
    return new DemoSource(options, new Map(walks));
  }

  start(publish: (batch: PriceBatch) => void): void {
    const { clock, tickMs, onKeepFailed } = this.#options;
    this.#publish = publish;
    this.#publishNews(clock.now());
    this.#timers = [
      clock.every(tickMs, () => this.#tick()),
      clock.every(KEEP_INTERVAL_MS, () => {
        this.#keep().catch(onKeepFailed);
      }),
    ];
  }

  /** Whether there is such an asset. */
  has(assetId: string): boolean {
    return this.#walks.has(assetId);
  }

  /**
   * Moves the price of an asset of the market, and with it every mark on it. Resolves once the price
   * is kept and published; rejects, with nothing changed, when it cannot be kept.
   */
  move(assetId: string, to: Price): Promise<AssetPrice> {
    return this.#writes.run(async () => {
      const { clock, keeper } = this.#options;
      await keeper.save([{ assetId, price: to, anchor: to, publishedAt: clock.now() }]);
      this.#walks.set(assetId, moveWalk(this.#walk(assetId), to));
      this.#publishNews(clock.now());
      const moved = this.#published.asset(assetId);
      if (moved === null) throw new Error(`${assetId} was not published`);
      return moved;
    });
  }

  async close(): Promise<void> {
    for (const cancel of this.#timers) cancel();
    await this.#keep();
  }

  #tick(): void {
    const now = this.#options.clock.now();
    const elapsedMs = now.getTime() - this.#steppedAt.getTime();
    this.#steppedAt = now;
    for (const asset of this.#options.market.assets) {
      this.#walks.set(asset.id, stepWalk(this.#walk(asset.id), asset, elapsedMs));
    }
    this.#publishNews(now);
  }

  #publishNews(now: Date): void {
    const indexPrice = (assetId: string) => this.#walks.get(assetId)?.price ?? null;
    const news = newsIn(demoPrices(this.#options.market, indexPrice, now), this.#published);
    this.#published.apply(news);
    if (!isEmpty(news)) this.#publish(news);
  }

  #keep(): Promise<void> {
    return this.#writes.run(() => {
      // Read only now: a move that was waiting before this write is part of it.
      const publishedAt = this.#options.clock.now();
      const prices = [...this.#walks].map(([assetId, { price, anchor }]): KeptPrice => ({
        assetId,
        price,
        anchor,
        publishedAt,
      }));
      return this.#options.keeper.save(prices);
    });
  }

  #walk(assetId: string): WalkState {
    const walk = this.#walks.get(assetId);
    if (walk === undefined) throw new Error(`${assetId} is not in the demo's market`);
    return walk;
  }
}
