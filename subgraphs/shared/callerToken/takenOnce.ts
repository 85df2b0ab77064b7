/** Remembers what was taken until it cannot come again. */

export type Taking = 'TAKEN' | 'REPEATED' | 'FULL';

export class TakenOnce {
  /** When each expires, in the order of arrival. */
  readonly #expiries = new Map<string, number>();

  /** It never forgets early to make room: that would let a repeat through. */
  constructor(private readonly capacity: number) {}

  /** `expiresAt` and `now` are on the same clock, whichever. */
  take(id: string, expiresAt: number, now: number): Taking {
    this.#forgetExpired(now);
    if (this.#expiries.has(id)) return 'REPEATED';
    if (this.#expiries.size >= this.capacity) return 'FULL';
    this.#expiries.set(id, expiresAt);
    return 'TAKEN';
  }

  /** What lives as long as the others expires in the order of arrival, give or take the clocks. */
  #forgetExpired(now: number): void {
    for (const [id, expiresAt] of this.#expiries) {
      if (expiresAt > now) return;
      this.#expiries.delete(id);
    }
  }
}
