/** Hands pushed events to one reader, in order, and never holds more than its capacity. */

/** The reader fell so far behind that events would have to be dropped. */
export class QueueOverflow extends Error {
  override readonly name = 'QueueOverflow';

  constructor(readonly capacity: number) {
    super(`More than ${capacity} events wait for their reader.`);
  }
}

type Ending = { readonly error: Error } | 'completed';

interface Waiter<Event> {
  readonly resolve: (result: IteratorResult<Event, undefined>) => void;
  readonly reject: (error: Error) => void;
}

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * Written by hand because `return()` of an async generator waits for its pending `await`, so a
 * source that is quiet would never be released.
 */
export class EventQueue<Event> implements AsyncIterableIterator<Event, undefined> {
  readonly #capacity: number;
  readonly #release: () => void;
  readonly #waiters: Waiter<Event>[] = [];
  #events: Event[] = [];
  #ending: Ending | undefined;

  /** `release` is called once: when the reader returns, or the queue overflows. */
  constructor(capacity: number, release: () => void) {
    this.#capacity = capacity;
    this.#release = release;
  }

  get isEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Overflow drops what waits and fails the reader, who can resume where it stopped reading. */
  push(event: Event): void {
    if (this.#ending) return;
    const waiter = this.#waiters.shift();
    if (waiter) {
      waiter.resolve({ value: event, done: false });
    } else if (this.#events.length < this.#capacity) {
      this.#events.push(event);
    } else {
      this.#events = [];
      this.#end({ error: new QueueOverflow(this.#capacity) });
      this.#release();
    }
  }

  /** What was pushed before is still read. */
  complete(): void {
    this.#end('completed');
  }

  /** What was pushed before is still read; then `next()` rejects once. */
  fail(error: Error): void {
    this.#end({ error });
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    if (this.#events.length > 0) {
      return Promise.resolve({ value: this.#events.shift() as Event, done: false });
    }
    const ending = this.#ending;
    if (!ending) {
      return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
    }
    this.#ending = 'completed';
    return ending === 'completed' ? Promise.resolve(DONE) : Promise.reject(ending.error);
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    const wasOpen = !this.#ending;
    this.#events = [];
    this.#end('completed');
    this.#ending = 'completed';
    if (wasOpen) this.#release();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(ending: Ending): void {
    if (this.#ending) return;
    this.#ending = ending;
    const [first, ...others] = this.#waiters.splice(0);
    if (!first) return;
    if (ending === 'completed') {
      first.resolve(DONE);
    } else {
      this.#ending = 'completed';
      first.reject(ending.error);
    }
    for (const { resolve } of others) resolve(DONE);
  }
}
