/**
 * The subscriptions that are running, and who may share one.
 *
 * Identical subscriptions (same graph in service, operation text and name, variables after coercion,
 * and authorised view) share one subscription at the subgraph, one execution per event and one JSON
 * text. Subscriptions begin with a snapshot, or with what came after a cursor, so whoever comes late
 * must not be given the rest of another's stream: sharing begins only with a subscription that has
 * not delivered anything yet. The exception are root fields of which the operator says that every
 * event is the whole state (`isLatestValue`): there the last result is the snapshot, and it is kept.
 */

import { askerOf } from '../admission/operationPolicy.js';
import type {
  CompiledSubscription,
  GivenVariables,
  PreparationFailure,
  PreparedSubscription,
} from '../planning/preparedOperation.js';
import type { ResultQueue } from './resultQueue.js';
import { SharedSubscription, type Member } from './sharedSubscription.js';
import type { RunOptions } from './subscriptionRun.js';

export interface Subscriber extends Member {
  readonly variables: GivenVariables;
  /** Equal for two callers only when all subgraphs show them the same. */
  readonly viewKey: string;
  /** Whether every event is the whole state; false when absent. */
  readonly isLatestValue?: boolean;
}

/** Calls back after every swap, and may once to begin with; returns what ends that. */
export type OnSwap = (listener: () => void) => unknown;

export interface LiveSubscriptionsOptions {
  /** That may wait for one subscriber; the next makes it a slow consumer. */
  readonly resultsMax?: number;
  /** Likewise, in bytes of JSON, and with what its connection has not sent yet. */
  readonly bytesMax?: number;
}

const RESULTS_MAX = 1_000;
const BYTES_MAX = 4 * 1_048_576;

export class LiveSubscriptions {
  readonly #options: LiveSubscriptionsOptions;
  readonly #running = new Set<SharedSubscription>();
  /**
   * Those that somebody can still join. What has been compiled stands for the graph, the operation,
   * and what its caller may read.
   */
  readonly #open = new WeakMap<CompiledSubscription, Map<string, SharedSubscription>>();
  #migration: Promise<unknown> = Promise.resolve();

  /** All migrate with every swap from now on. */
  constructor(onSwap: OnSwap, options: LiveSubscriptionsOptions = {}) {
    this.#options = options;
    onSwap(() => {
      this.#migration = Promise.all([...this.#running].map((shared) => shared.migrate()));
    });
  }

  /** How many subscriptions run at subgraphs. */
  get size(): number {
    return this.#running.size;
  }

  /** Resolves when all have gone over to the graph in service, or have ended. */
  migrated(): Promise<unknown> {
    return this.#migration;
  }

  /**
   * Results come as long as somebody reads them; who reads too slowly gets SLOW_CONSUMER as the last
   * one. Errors when the subscriber is not admitted.
   */
  async subscribe(
    prepared: PreparedSubscription,
    subscriber: Subscriber,
  ): Promise<ResultQueue | PreparationFailure> {
    const admitted = await prepared.admit(subscriber.variables, askerOf(subscriber.context()));
    if ('errors' in admitted) return admitted;
    const { variables: given, isLatestValue = false } = subscriber;
    const run = { prepared, admitted, given, isLatestValue };
    // Coerced variables have the order of their definitions.
    const key = JSON.stringify([subscriber.viewKey, isLatestValue, admitted.variables]);
    const open = this.#openOf(admitted.compiled);
    const shared = open.get(key);
    if (shared) return shared.join(subscriber);
    const begun: SharedSubscription = this.#begin(run, subscriber, () => {
      if (open.get(key) === begun) open.delete(key);
    });
    open.set(key, begun);
    const results = begun.join(subscriber);
    begun.start();
    // Another graph may have come while this one was being prepared.
    if (subscriber.prepareAgain() !== prepared) void begun.migrate();
    return results;
  }

  #begin(run: RunOptions, first: Member, onFull: () => void): SharedSubscription {
    const { resultsMax = RESULTS_MAX, bytesMax = BYTES_MAX } = this.#options;
    const limits = { resultsMax, bytesMax };
    const onEnded = () => this.#running.delete(shared);
    const shared: SharedSubscription = new SharedSubscription(run, first, limits, {
      onFull,
      onEnded,
    });
    this.#running.add(shared);
    return shared;
  }

  #openOf(compiled: CompiledSubscription): Map<string, SharedSubscription> {
    const known = this.#open.get(compiled);
    if (known) return known;
    const open = new Map<string, SharedSubscription>();
    this.#open.set(compiled, open);
    return open;
  }
}
