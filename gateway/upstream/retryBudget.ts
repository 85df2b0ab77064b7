/** How many requests to a subgraph may be asked a second time: a tenth, so that retries never storm. */

/** All in tenths of a retry, which add up exactly. */
const RETRY = 10;
const PER_REQUEST = 1;
/** Saved up in good times, for a burst of resets such as a restart makes. */
const SAVED_MAX = 10 * RETRY;

/** A token bucket: every request adds a tenth of a retry. */
export class RetryBudget {
  /** The very first request may be retried. */
  #saved = RETRY;

  /** Counts a request, whatever becomes of it. */
  requestBegins(): void {
    this.#saved = Math.min(this.#saved + PER_REQUEST, SAVED_MAX);
  }

  /** Whether one retry may be made; if so, it is paid for. */
  take(): boolean {
    if (this.#saved < RETRY) return false;
    this.#saved -= RETRY;
    return true;
  }
}
