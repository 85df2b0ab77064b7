/** A graph whose subgraphs' events a test pushes, and which it can replace by another. */

import { Generation } from '../../../../gateway/planning/generation.js';
import { composeSupergraph } from '../../../../gateway/registry/composeSupergraph.js';
import {
  LiveSubscriptions,
  type LiveSubscriptionsOptions,
  type Subscriber,
} from '../../../../gateway/subscriptions/liveSubscriptions.js';
import type { ResultQueue } from '../../../../gateway/subscriptions/resultQueue.js';
import { EventQueue } from '../../../../gateway/upstream/eventQueue.js';
import type { SubgraphResponse } from '../../../../gateway/upstream/subgraphResponse.js';
import type {
  SubscriptionRequest,
  Upstream,
  UpstreamContext,
} from '../../../../gateway/upstream/upstream.js';

/** One subscription as the subgraph sees it. */
export interface Asked extends SubscriptionRequest, UpstreamContext {
  readonly events: EventQueue<SubgraphResponse>;
  isReleased: boolean;
}

export class ScriptedSubgraph implements Upstream {
  /** In order. */
  readonly asked: Asked[] = [];

  request(): Promise<SubgraphResponse> {
    return Promise.resolve({ data: null });
  }

  subscribe(request: SubscriptionRequest, context: UpstreamContext): EventQueue<SubgraphResponse> {
    const events = new EventQueue<SubgraphResponse>(10_000, () => (asked.isReleased = true));
    const asked: Asked = { ...request, ...context, events, isReleased: false };
    this.asked.push(asked);
    return events;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** To the nth that was asked for; the last by default. */
  push(data: Record<string, unknown>, nth = -1): void {
    this.asked.at(nth)?.events.push({ data });
  }

  get open(): number {
    return this.asked.filter(({ isReleased }) => !isReleased).length;
  }
}

export class ScriptedGraph {
  readonly live: LiveSubscriptions;
  #generation: Generation;
  #swapped: () => void = () => undefined;

  constructor(typeDefs: string, upstream: Upstream, options?: LiveSubscriptionsOptions) {
    this.#generation = generationOf(typeDefs, upstream);
    this.live = new LiveSubscriptions((listener) => (this.#swapped = listener), options);
  }

  /** Resolves when all have migrated. */
  async swap(typeDefs: string, upstream: Upstream): Promise<void> {
    this.#generation = generationOf(typeDefs, upstream);
    this.#swapped();
    await this.live.migrated();
  }

  /** Every event of the field `state` is the whole state. */
  async subscribe(query: string, more: Partial<Subscriber> = {}): Promise<ResultQueue> {
    const prepare = () => this.#generation.prepare(query);
    const prepared = prepare();
    if (!('kind' in prepared) || prepared.kind !== 'subscription') throw new Error('It is one.');
    const results = await this.live.subscribe(prepared, {
      variables: {},
      viewKey: 'desk',
      isLatestValue: query.includes('state'),
      context: () => ({ headers: {} }),
      prepareAgain: prepare,
      ...more,
    });
    if ('errors' in results) throw new Error(results.errors[0]?.message);
    return results;
  }
}

const generationOf = (typeDefs: string, upstream: Upstream) =>
  new Generation({
    supergraphSdl: composeSupergraph([{ name: 'counter', url: 'http://counter', typeDefs }]),
    upstreams: new Map([['counter', upstream]]),
  });

/** The next result as a client reads it; undefined at the end. */
export async function read(results: ResultQueue): Promise<unknown> {
  const { value } = await results.next();
  return value === undefined ? undefined : (JSON.parse(value.json) as unknown);
}
