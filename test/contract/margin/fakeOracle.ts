/** An oracle that prices BTC, and the one instrument on it, at what a test tells it. */

import { readFileSync } from 'node:fs';
import { scalarResolvers } from '../../../subgraphs/shared/scalars.js';
import type { TokenVerifier } from '../../../subgraphs/shared/callerToken/tokenVerifier.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { PushStream } from './pushStream.js';

const typeDefs = readFileSync(
  new URL('../../../subgraphs/oracle/schema.graphql', import.meta.url),
  'utf8',
);

export class FakeOracle {
  private readonly streams = new Set<PushStream<object>>();
  private server: RunningSubgraph | null = null;
  private update: object | null = null;

  /**
   * @param now The clock of what it publishes.
   * @param verifier Whose calls it takes; absent: anybody's.
   */
  constructor(
    private readonly now: () => Date,
    private readonly verifier?: TokenVerifier,
  ) {}

  get url(): string {
    return this.server?.url ?? 'http://127.0.0.1:1/graphql';
  }

  async start(): Promise<void> {
    const { Price, DateTime } = scalarResolvers;
    this.server = await startSubgraph({
      typeDefs,
      resolvers: {
        Price,
        DateTime,
        Subscription: {
          priceUpdates: {
            subscribe: () => {
              const stream = new PushStream<object>((left) => this.streams.delete(left));
              this.streams.add(stream);
              if (this.update !== null) stream.push(this.update);
              return stream;
            },
            resolve: (update: object) => update,
          },
        },
      },
      port: 0,
      verifier: this.verifier,
      context: () => ({}),
    });
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** Prices BTC in USD, now. */
  tell(price: string): void {
    const quote = {
      price,
      confidence: '0',
      source: 'test',
      publishedAt: this.now(),
      status: 'OK',
    };
    this.update = {
      assets: [{ assetId: 'BTC', ...quote }],
      instruments: [{ instrumentId: 'deribit:BTC-LINEAR', currency: 'USD', ...quote }],
    };
    for (const stream of this.streams) stream.push(this.update);
  }
}
