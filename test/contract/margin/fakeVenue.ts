/** A venue's subgraph that says what a test tells it, over real HTTP and WebSocket. */

import { readFileSync } from 'node:fs';
import { scalarResolvers } from '../../../subgraphs/shared/scalars.js';
import type { TokenVerifier } from '../../../subgraphs/shared/callerToken/tokenVerifier.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { PushStream } from './pushStream.js';

export interface FakeAccount {
  readonly id: string;
  readonly positions: readonly object[] | null;
  readonly collateral: readonly object[] | null;
  readonly snapshot: object | null;
}

interface Update {
  readonly cursor: string;
  readonly isSnapshot: boolean;
  readonly account: FakeAccount;
}

const contract = readFileSync(
  new URL('../../../subgraphs/venues/contract/contract.graphql', import.meta.url),
  'utf8',
);

export class FakeVenue {
  /** The cursor that each subscription began with. */
  readonly askedAfter: (string | null)[] = [];
  private readonly accounts = new Map<string, FakeAccount>();
  private readonly streams = new Set<PushStream<Update>>();
  private log: Update[] = [];
  private lives = 0;
  private server: RunningSubgraph | null = null;
  private port = 0;

  /** @param verifier Whose calls it takes; absent: anybody's. */
  constructor(
    private readonly slug: string,
    private readonly verifier?: TokenVerifier,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  /** Starts, or starts again at the same port, without memory of earlier cursors. */
  async start(): Promise<void> {
    const Slug = this.slug.charAt(0).toUpperCase() + this.slug.slice(1);
    this.lives += 1;
    this.log = [];
    this.server = await startSubgraph({
      typeDefs: contract
        .replaceAll('«Slug»', Slug)
        .replaceAll('«slug»', this.slug)
        .replaceAll('«Name»', Slug),
      resolvers: {
        ...scalarResolvers,
        Subscription: {
          [`${this.slug}AccountUpdated`]: {
            subscribe: (_: unknown, { after }: { after?: string | null }) =>
              this.subscribe(after ?? null),
            resolve: (update: Update) => update,
          },
        },
      },
      port: this.port,
      verifier: this.verifier,
      context: () => ({}),
    });
    this.port = Number(new URL(this.server.url).port);
  }

  async stop(): Promise<void> {
    await this.server?.close();
    this.server = null;
  }

  /** Replaces the state of an account, and tells everybody. */
  tell(account: FakeAccount): void {
    this.accounts.set(account.id, account);
    const update = { cursor: this.cursor(this.log.length + 1), isSnapshot: false, account };
    this.log.push(update);
    for (const stream of this.streams) stream.push(update);
  }

  /** Ends every subscription, as a venue that is tired of us does. */
  async endStreams(): Promise<void> {
    await Promise.all([...this.streams].map((stream) => stream.return()));
  }

  private subscribe(after: string | null): PushStream<Update> {
    this.askedAfter.push(after);
    const stream = new PushStream<Update>((left) => this.streams.delete(left));
    this.streams.add(stream);
    const position = this.log.findIndex(({ cursor }) => cursor === after);
    const missed =
      position >= 0 || after === this.cursor(0) ? this.log.slice(position + 1) : this.snapshot();
    for (const update of missed) stream.push(update);
    return stream;
  }

  private snapshot(): Update[] {
    const cursor = this.cursor(this.log.length);
    return [...this.accounts.values()].map((account) => ({ cursor, isSnapshot: true, account }));
  }

  private cursor(position: number): string {
    return `life ${this.lives}, update ${position}`;
  }
}

/** A LIVE state of an account: one linear BTC position in USD, and dollars. */
export const longBtc = (
  id: string,
  size: string,
  dollars: string,
  entry = '60000',
): FakeAccount => ({
  id,
  positions: [
    {
      id: 'p1',
      size,
      entryPrice: entry,
      markPrice: entry,
      instrument: {
        id: 'deribit:BTC-LINEAR',
        symbol: 'BTC-LINEAR',
        contractType: 'LINEAR',
        underlying: { id: 'BTC' },
        priceCurrency: 'USD',
        settlementCurrency: 'USD',
        contractMultiplier: '1',
      },
    },
  ],
  collateral: [
    {
      asset: { id: 'USD' },
      quantity: dollars,
      location: 'VENUE',
      status: 'SETTLED',
      isCollateral: true,
    },
  ],
  snapshot: live,
});

const live = {
  quality: 'LIVE',
  asOf: '2026-11-22T12:00:00.000Z',
  receivedAt: '2026-11-22T12:00:00.000Z',
  problem: null,
  notices: [],
};
