/** A stream that keeps only its newest value for a slow reader. */

export class LatestStream<Value> implements AsyncIterableIterator<Value> {
  private latest: { readonly value: Value } | null = null;
  private isEnded = false;
  private wake: () => void = () => undefined;

  /** @param onReturn Called once, when the reader leaves. */
  constructor(private readonly onReturn: () => void) {}

  push(value: Value): void {
    this.latest = { value };
    this.wake();
  }

  async next(): Promise<IteratorResult<Value, undefined>> {
    while (this.latest === null && !this.isEnded) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.latest === null || this.isEnded) return { done: true, value: undefined };
    const { value } = this.latest;
    this.latest = null;
    return { done: false, value };
  }

  return(): Promise<IteratorResult<Value, undefined>> {
    if (!this.isEnded) this.onReturn();
    this.isEnded = true;
    this.wake();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
