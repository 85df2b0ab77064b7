/** A cache that forgets what has not been asked for the longest, when it holds too much. */

interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
}

/** Every entry weighs what its maker says; together they weigh at most `capacity`. */
export class LeastRecentlyUsed<Value> {
  readonly #capacity: number;
  /** A Map keeps insertion order: the first entry is the one to forget. */
  readonly #entries = new Map<string, Entry<Value>>();
  #weight = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** An entry heavier than the whole cache is not kept, and costs the others nothing. */
  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    if (weight > this.#capacity) return;
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#capacity) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }
}
