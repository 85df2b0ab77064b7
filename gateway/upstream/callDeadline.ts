/** By when a subgraph has to answer, and which of two limits says so. */

import { timedOut, type UpstreamFailure } from './upstreamFailure.js';

/** Clock of deadlines, in ms: `performance.now`. */
export type Clock = () => number;

/**
 * The earlier of the subgraph's own limit and the end of the whole request. Retries are within it.
 */
export class CallDeadline {
  readonly #ownMs: number;
  readonly #now: Clock;
  readonly #at: number;
  readonly #givenMs: number;

  /** `ownMs` is the subgraph's limit; `requestDeadline` is on the clock of `now`. */
  constructor(ownMs: number, requestDeadline: number | undefined, now: Clock) {
    const start = now();
    this.#ownMs = ownMs;
    this.#now = now;
    this.#at = Math.min(start + ownMs, requestDeadline ?? Infinity);
    // Not by subtraction where it is the own limit: a clock of fractions would lose a millisecond.
    const isOwn = requestDeadline === undefined || start + ownMs <= requestDeadline;
    this.#givenMs = isOwn ? ownMs : Math.max(0, Math.floor(requestDeadline - start));
  }

  /** Whole milliseconds; 0 when it has passed, or passes within one. */
  remainingMs(): number {
    return Math.max(0, Math.floor(this.#at - this.#now()));
  }

  /**
   * A subgraph that was given less than half of its time has shown nothing: it is not held against it
   * that others before it were slow, or that a client is impatient.
   */
  passed(): UpstreamFailure {
    if (this.#givenMs >= this.#ownMs) return timedOut(`did not answer within ${this.#ownMs} ms`);
    const outcome = this.#givenMs * 2 < this.#ownMs ? 'unknown' : 'failed';
    return this.#givenMs === 0
      ? timedOut('was not asked, because the time for the whole request was over', { outcome })
      : timedOut(`did not answer within the ${this.#givenMs} ms that the whole request had left`, {
          outcome,
        });
  }

  /** Waits for what has to be known before the subgraph is asked, and only until the deadline. */
  async whilePreparing<Known>(preparation: Promise<Known>): Promise<Known> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(unasked()), this.remainingMs());
    });
    try {
      return await Promise.race([preparation, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Shows nothing of the subgraph: what it was waiting for is another's fault. */
const unasked = () =>
  timedOut('was not asked, because preparing the question took too long', { outcome: 'unknown' });
