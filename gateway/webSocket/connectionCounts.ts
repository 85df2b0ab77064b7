/** How many connections everybody has, and may have. */

export class ConnectionCounts {
  readonly #max: number;
  readonly #counts = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  /** What gives the place back, at its first call; undefined when all places are taken. */
  take(owner: string): (() => void) | undefined {
    const count = this.#counts.get(owner) ?? 0;
    if (count >= this.#max) return undefined;
    this.#counts.set(owner, count + 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.#give(owner);
      isTaken = false;
    };
  }

  #give(owner: string): void {
    const left = (this.#counts.get(owner) ?? 0) - 1;
    if (left > 0) this.#counts.set(owner, left);
    else this.#counts.delete(owner);
  }
}
