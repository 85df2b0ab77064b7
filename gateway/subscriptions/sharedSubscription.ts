/** One subscription at a subgraph for any number of subscribers, who all get the same results. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PreparationFailure, PreparedOperation } from '../planning/preparedOperation.js';
import type { UpstreamContext } from '../upstream/upstream.js';
import { ResultQueue } from './resultQueue.js';
import type { SharedResult } from './sharedResult.js';
import { SubscriptionRun, type RunOptions } from './subscriptionRun.js';

/** What one subscriber brings along. */
export interface Member {
  /** Asked again for every event that is resolved in this member's name. */
  readonly context: () => UpstreamContext;
  /** Prepares the same operation on what is in service then. */
  readonly prepareAgain: () => PreparedOperation | PreparationFailure;
  /** Bytes on their way to this member that have not left the process. */
  readonly bufferedBytes?: () => number;
}

export interface SubscriberLimits {
  readonly resultsMax: number;
  readonly bytesMax: number;
}

export interface SharedSubscriptionListener {
  /** Nobody can join any more: a new member would miss what has been delivered. */
  readonly onFull: () => void;
  readonly onEnded: () => void;
}

/** So many get a result before other work has its turn: some milliseconds. */
const MEMBERS_PER_TURN = 256;

/**
 * Runs from its first member to its last. Requests to subgraphs are made in the name of whoever came
 * last and is still there: all members may see the same, and the newest token is valid the longest.
 */
export class SharedSubscription {
  readonly #limits: SubscriberLimits;
  readonly #isLatestValue: boolean;
  readonly #members = new Map<ResultQueue, Member>();
  readonly #run: SubscriptionRun;
  readonly #listener: SharedSubscriptionListener;
  #newest: Member;
  #last: SharedResult | undefined;
  #hasEnded = false;

  constructor(
    run: RunOptions,
    first: Member,
    limits: SubscriberLimits,
    listener: SharedSubscriptionListener,
  ) {
    this.#limits = limits;
    this.#isLatestValue = run.isLatestValue;
    this.#newest = first;
    this.#listener = listener;
    this.#run = new SubscriptionRun(run, {
      context: () => this.#newest.context(),
      prepareAgain: () => this.#newest.prepareAgain(),
      deliver: (result) => this.#deliver(result),
      end: (last) => this.#end(last),
    });
  }

  start(): void {
    this.#run.start();
  }

  /** Until `onFull`. Who joins after results of the whole state begins with the last one. */
  join(member: Member): ResultQueue {
    const queue: ResultQueue = new ResultQueue({
      ...this.#limits,
      bufferedBytes: member.bufferedBytes ?? (() => 0),
      keepsNewest: this.#isLatestValue,
      release: () => this.#leave(queue),
    });
    this.#members.set(queue, member);
    this.#newest = member;
    if (this.#last) queue.push(this.#last);
    return queue;
  }

  /** See SubscriptionRun. */
  migrate(): Promise<void> {
    return this.#run.migrate();
  }

  /** Whether a new member would get all that it would get from a subscription of its own. */
  #isOpen(): boolean {
    return !this.#last || (this.#isLatestValue && !this.#last.hasErrors);
  }

  #leave(queue: ResultQueue): void {
    const member = this.#members.get(queue);
    this.#members.delete(queue);
    if (this.#members.size === 0) this.#stop();
    if (member !== this.#newest) return;
    const [newest = this.#newest] = [...this.#members.values()].slice(-1);
    this.#newest = newest;
  }

  #deliver(result: SharedResult): void | Promise<void> {
    this.#last = result;
    if (!this.#isOpen()) this.#listener.onFull();
    if (this.#members.size > MEMBERS_PER_TURN) return this.#deliverInTurns(result);
    for (const queue of this.#members.keys()) queue.push(result);
  }

  /** To those who are members now: who joins meanwhile has it already. */
  async #deliverInTurns(result: SharedResult): Promise<void> {
    const queues = [...this.#members.keys()];
    for (let first = 0; first < queues.length; first += MEMBERS_PER_TURN) {
      if (first > 0) await nextTurn();
      for (const queue of queues.slice(first, first + MEMBERS_PER_TURN)) queue.push(result);
    }
  }

  #end(last: SharedResult | undefined): void {
    this.#stop();
    for (const queue of this.#members.keys()) queue.end(last);
    this.#members.clear();
  }

  #stop(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#run.stop();
    this.#listener.onFull();
    this.#listener.onEnded();
  }
}
