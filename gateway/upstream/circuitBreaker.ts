/**
 * Stops asking a subgraph that fails too often, and lets one question through now and then to see
 * whether it is back.
 *
 * Written by hand: opossum 9 counts a call that the client has aborted as a success, which closes a
 * half-open breaker on no evidence; it takes no clock; and each failing call costs it 18 µs, most of
 * it to sum its window.
 */

import type { Clock } from './callDeadline.js';
import { unavailable, type CallOutcome } from './upstreamFailure.js';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** What lets one call through, and is given back with its outcome. */
export type Admission = number;

export interface CircuitBreakerOptions {
  readonly now: Clock;
  /** Called after each change of state. */
  readonly onChange?: (state: BreakerState) => void;
  /** Share of failed calls in the window at which it opens. */
  readonly failureShare?: number;
  /** Fewer calls than these in the window never open it. */
  readonly volumeMin?: number;
  readonly windowMs?: number;
  /** How long it is open before one call is let through. */
  readonly openMs?: number;
}

interface Bucket {
  /** Which tenth of a window since the clock's zero. */
  period: number;
  calls: number;
  failures: number;
}

const BUCKETS = 10;

export class CircuitBreaker {
  readonly #now: Clock;
  readonly #onChange: (state: BreakerState) => void;
  readonly #failureShare: number;
  readonly #volumeMin: number;
  readonly #bucketMs: number;
  readonly #openMs: number;
  readonly #buckets: Bucket[];
  #state: BreakerState = 'closed';
  /** Counts the changes of state: what was admitted before the last one says nothing any more. */
  #admission: Admission = 0;
  #openUntil = 0;
  #isProbing = false;

  constructor(options: CircuitBreakerOptions) {
    this.#now = options.now;
    this.#onChange = options.onChange ?? (() => undefined);
    this.#failureShare = options.failureShare ?? 0.5;
    this.#volumeMin = options.volumeMin ?? 20;
    this.#bucketMs = (options.windowMs ?? 10_000) / BUCKETS;
    this.#openMs = options.openMs ?? 1_000;
    this.#buckets = Array.from({ length: BUCKETS }, emptyBucket);
  }

  get state(): BreakerState {
    return this.#state;
  }

  /**
   * Throws UpstreamFailure, which says when to ask again, while no call is let through. Every
   * admission has to be followed by its `settle`.
   */
  admit(): Admission {
    if (this.#state === 'closed') return this.#admission;
    const waitMs = this.#openUntil - this.#now();
    if (this.#state === 'open' && waitMs <= 0) this.#become('half-open');
    if (this.#state === 'open' || this.#isProbing)
      throw refusal(waitMs > 0 ? waitMs : this.#openMs);
    this.#isProbing = true;
    return this.#admission;
  }

  settle(admission: Admission, outcome: CallOutcome): void {
    if (admission !== this.#admission) return;
    if (this.#state === 'closed') {
      if (outcome !== 'unknown') this.#count(outcome === 'failed');
      return;
    }
    this.#isProbing = false;
    if (outcome === 'failed') this.#open();
    if (outcome === 'answered') this.#become('closed');
  }

  #count(isFailure: boolean): void {
    const period = Math.floor(this.#now() / this.#bucketMs);
    const bucket = this.#buckets[period % BUCKETS] as Bucket;
    if (bucket.period !== period) Object.assign(bucket, emptyBucket(), { period });
    bucket.calls += 1;
    if (!isFailure) return;
    bucket.failures += 1;
    let [calls, failures] = [0, 0];
    for (const one of this.#buckets) {
      if (one.period <= period - BUCKETS) continue;
      calls += one.calls;
      failures += one.failures;
    }
    if (calls >= this.#volumeMin && failures >= calls * this.#failureShare) this.#open();
  }

  #open(): void {
    this.#openUntil = this.#now() + this.#openMs;
    this.#become('open');
  }

  #become(state: BreakerState): void {
    this.#state = state;
    this.#admission += 1;
    this.#isProbing = false;
    if (state === 'closed')
      for (const bucket of this.#buckets) Object.assign(bucket, emptyBucket());
    this.#onChange(state);
  }
}

const emptyBucket = (): Bucket => ({ period: -Infinity, calls: 0, failures: 0 });

const refusal = (waitMs: number) =>
  unavailable('is not asked for now, because it failed too often', undefined, {
    outcome: 'unknown',
    retryAfterMs: Math.ceil(waitMs),
  });
