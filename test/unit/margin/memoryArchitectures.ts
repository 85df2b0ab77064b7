/** The log of architecture switches in memory, which fails on demand as a database does. */

import type {
  ArchitectureHead,
  ArchitectureStore,
  ArchitectureSwitch,
} from '../../../subgraphs/margin/live/architectureSwitch.js';

export class MemoryArchitectures implements ArchitectureStore {
  readonly stored: ArchitectureSwitch[] = [];
  /** Makes the next append store its answer without our hearing of it. */
  losesAnswer = false;

  heads() {
    const ids = new Set(this.stored.map(({ accountId }) => accountId));
    return Promise.resolve(new Map([...ids].flatMap((id) => [[id, this.headOf(id)]] as const)));
  }

  head(accountId: string) {
    const isKnown = this.stored.some((answer) => answer.accountId === accountId);
    return Promise.resolve(isKnown ? this.headOf(accountId) : null);
  }

  find(accountId: string, idempotencyKey: string) {
    const found = this.stored.find(
      (answer) => answer.accountId === accountId && answer.idempotencyKey === idempotencyKey,
    );
    return Promise.resolve(found ?? null);
  }

  append(answer: ArchitectureSwitch) {
    const isTaken = this.stored.some(
      ({ accountId, sequence }) => accountId === answer.accountId && sequence === answer.sequence,
    );
    if (isTaken) return Promise.reject(new Error('unique constraint failed'));
    this.stored.push(answer);
    if (!this.losesAnswer) return Promise.resolve();
    this.losesAnswer = false;
    return Promise.reject(new Error('connection reset'));
  }

  private headOf(accountId: string): ArchitectureHead {
    const last = this.stored.findLast((answer) => answer.accountId === accountId);
    if (last === undefined) throw new Error('no answer yet');
    const { sequence, refusal, requestedArchitecture, previousArchitecture } = last;
    return {
      sequence,
      architecture: refusal === null ? requestedArchitecture : previousArchitecture,
    };
  }
}
