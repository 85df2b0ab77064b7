/** How a call learns that nobody waits for its answer any more. */

/** As `EventTarget` takes it: an object, so that one call needs no function of its own. */
export interface AbortListener {
  handleEvent(): void;
}

/**
 * What calls need of an `AbortSignal`, each of which is one. A request of a client has a lighter one:
 * every call listens, and at four calls a request the listeners of `EventTarget` cost more than all
 * other work on them.
 */
export interface CallerSignal {
  readonly aborted: boolean;
  /** What calls reject with; undefined before it has aborted. */
  readonly reason: unknown;
  throwIfAborted(): void;
  /** Calls back at most once, and never when it has aborted already. */
  addEventListener(event: 'abort', listener: AbortListener, options: { once: true }): void;
  removeEventListener(event: 'abort', listener: AbortListener): void;
}
