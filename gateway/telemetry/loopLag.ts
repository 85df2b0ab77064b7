/** How late the event loop is: how long work that is due waits for the work before it. */

import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

/** Measured by a native timer of this period, which is no part of the lag. */
const RESOLUTION_MS = 10;
const SAMPLE_MS = 100;

export class LoopLag {
  readonly #recent: IntervalHistogram;
  readonly #sinceScrape: IntervalHistogram;
  readonly #timer: NodeJS.Timeout;
  #recentMs = 0;

  /** Measures until it is closed, and does not keep the process alive. */
  constructor() {
    this.#recent = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#sinceScrape = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#recent.enable();
    this.#sinceScrape.enable();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS).unref();
  }

  /** Mean of the last tenth of a second or, while the loop is blocked, of the tenth before. */
  get recentMs(): number {
    return this.#recentMs;
  }

  /** In ms since the last time that it was asked. */
  takeSummary(): { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number } {
    const lag = this.#sinceScrape;
    const summary = {
      p50Ms: beyondResolution(lag.percentile(50)),
      p99Ms: beyondResolution(lag.percentile(99)),
      maxMs: beyondResolution(lag.max),
    };
    lag.reset();
    return summary;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#recent.disable();
    this.#sinceScrape.disable();
  }

  #sample(): void {
    this.#recentMs = beyondResolution(this.#recent.mean);
    this.#recent.reset();
  }
}

/** Nothing measured yet is no lag: its mean is NaN. */
const beyondResolution = (nanoseconds: number): number =>
  Math.max(0, (nanoseconds || 0) / 1e6 - RESOLUTION_MS);
