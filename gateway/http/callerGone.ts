/** Tells all that works for one request that its client has gone away. */

import type { AbortListener, CallerSignal } from '../upstream/callerSignal.js';

export class CallerGone implements CallerSignal {
  readonly #listeners = new Set<AbortListener>();
  #reason: DOMException | undefined;

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  /** An `AbortError`, as of an AbortController. */
  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#reason) throw this.#reason;
  }

  addEventListener(_event: 'abort', listener: AbortListener): void {
    if (!this.aborted) this.#listeners.add(listener);
  }

  removeEventListener(_event: 'abort', listener: AbortListener): void {
    this.#listeners.delete(listener);
  }

  /** Tells the listeners in the order in which they came; they must not throw. Once is enough. */
  abort(): void {
    if (this.aborted) return;
    this.#reason = new DOMException('The client has gone away.', 'AbortError');
    for (const listener of this.#listeners) listener.handleEvent();
    this.#listeners.clear();
  }
}
