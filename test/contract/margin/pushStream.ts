/** A stream that gives in order what is pushed into it, for fakes. */

export class PushStream<Value> implements AsyncIterableIterator<Value> {
  private readonly values: Value[] = [];
  private isEnded = false;
  private wake: () => void = () => undefined;

  constructor(private readonly onReturn: (stream: PushStream<Value>) => void) {}

  push(value: Value): void {
    this.values.push(value);
    this.wake();
  }

  async next(): Promise<IteratorResult<Value, undefined>> {
    while (this.values.length === 0 && !this.isEnded) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    const value = this.values.shift();
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  return(): Promise<IteratorResult<Value, undefined>> {
    this.isEnded = true;
    this.onReturn(this);
    this.wake();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
