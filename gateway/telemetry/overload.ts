/** Turns requests away before there are more than the process can answer in time. */

export interface OverloadOptions {
  /** How late the event loop is now, in ms. */
  readonly lagMs: () => number;
  /** At most so many requests are in flight, even while the loop is punctual. */
  readonly requestsMax?: number;
  /** So many are always let in, the limit never falls below: few clients never meet it. */
  readonly requestsMin?: number;
  /** The loop may be so late before fewer requests are let in. */
  readonly lagMsMax?: number;
}

/** For the header `retry-after` of the 503. */
export const RETRY_AFTER_SECONDS = 1;

const SHRINK = 0.8;
const GROW = 1.1;

/**
 * A limit on requests in flight that follows the event loop: it falls by a fifth at each tick that
 * finds the loop late, from the second in a row on, and grows by a tenth at each that finds it
 * punctual. So it settles where the process is busy and still answers, rather than swing between all
 * and nothing. One late tick is no load: a collection of garbage, a plan, another process's turn.
 */
export class Overload {
  readonly #lagMs: () => number;
  readonly #requestsMax: number;
  readonly #requestsMin: number;
  readonly #lagMsMax: number;
  #limit: number;
  #inFlight = 0;
  /** At the last tick. */
  #wasLate = false;
  /** Since the last tick. */
  #hasRefused = false;
  #isOverloaded = false;

  constructor(options: OverloadOptions) {
    this.#lagMs = options.lagMs;
    this.#requestsMax = options.requestsMax ?? 2_000;
    this.#requestsMin = options.requestsMin ?? 64;
    this.#lagMsMax = options.lagMsMax ?? 100;
    this.#limit = this.#requestsMax;
  }

  get requestsInFlight(): number {
    return this.#inFlight;
  }

  /** Whether requests were turned away between the last two ticks, or have been since. */
  get isOverloaded(): boolean {
    return this.#isOverloaded || this.#hasRefused;
  }

  /** Whether a request may come in; if so, `leave` has to follow it. */
  enter(): boolean {
    if (this.#inFlight >= this.#limit) {
      this.#hasRefused = true;
      return false;
    }
    this.#inFlight += 1;
    return true;
  }

  leave(): void {
    this.#inFlight -= 1;
  }

  /** To be called every 100 ms. */
  tick(): void {
    const isLate = this.#lagMs() > this.#lagMsMax;
    if (isLate && this.#wasLate) {
      // From what is really in flight: a limit far above that would take many ticks to come down.
      const from = Math.min(this.#limit, this.#inFlight);
      this.#limit = Math.max(this.#requestsMin, Math.floor(from * SHRINK));
    } else if (!isLate) {
      this.#limit = Math.min(this.#requestsMax, Math.ceil(this.#limit * GROW));
    }
    this.#wasLate = isLate;
    this.#isOverloaded = this.#hasRefused;
    this.#hasRefused = false;
  }
}
