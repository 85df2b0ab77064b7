/** A clock that stands still until a test moves it, and then runs what has become due. */

interface Timer {
  readonly intervalMs: number;
  readonly action: () => void;
  dueAtMs: number;
}

export class ManualClock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(start = '2026-11-22T12:00:00.000Z') {
    this.#nowMs = Date.parse(start);
  }

  now = (): Date => new Date(this.#nowMs);

  every = (intervalMs: number, action: () => void): (() => void) => {
    const timer = { intervalMs, action, dueAtMs: this.#nowMs + intervalMs };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  };

  /** How many timers run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass, running every timer at its own instant, in order. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.dueAtMs - b.dueAtMs);
      if (next === undefined || next.dueAtMs > endMs) break;
      this.#nowMs = next.dueAtMs;
      next.dueAtMs += next.intervalMs;
      next.action();
    }
    this.#nowMs = endMs;
  }
}
