/** Which architecture each account is margined by, and the one way to change it. */

import type { Architecture } from '../domain/portfolio/architecture.js';
import type {
  ArchitectureHead,
  ArchitectureStore,
  ArchitectureSwitch,
} from './architectureSwitch.js';

/** Of an account that has never asked for another. */
export const DEFAULT_ARCHITECTURE: Architecture = 'CROSS';

/** What is decided about a request; the rest of the answer is known here. */
export type SwitchDecision = Omit<
  ArchitectureSwitch,
  'accountId' | 'sequence' | 'idempotencyKey' | 'previousArchitecture' | 'requestedArchitecture'
>;

export interface SwitchRequest {
  readonly accountId: string;
  readonly architecture: Architecture;
  readonly idempotencyKey: string;
}

export class AccountArchitectures {
  private readonly heads: Map<string, ArchitectureHead>;
  private readonly observers: ((accountId: string) => void)[] = [];
  /** The last request of each account, so that one waits for the other. */
  private readonly turns = new Map<string, Promise<unknown>>();

  private constructor(
    private readonly store: ArchitectureStore,
    heads: ReadonlyMap<string, ArchitectureHead>,
  ) {
    this.heads = new Map(heads);
  }

  /** Rejects when the store does. */
  static async load(store: ArchitectureStore): Promise<AccountArchitectures> {
    return new AccountArchitectures(store, await store.heads());
  }

  of(accountId: string): Architecture {
    return this.heads.get(accountId)?.architecture ?? DEFAULT_ARCHITECTURE;
  }

  /** Calls `observer` with an account whose architecture has changed. */
  observe(observer: (accountId: string) => void): void {
    this.observers.push(observer);
  }

  /**
   * The answer, stored before it is in force; for a key that was used before, the first answer.
   * `decide` is asked when it is this request's turn, about the architecture then in force; what it
   * throws ends the request, and is not stored.
   */
  request(
    request: SwitchRequest,
    decide: (previous: Architecture) => SwitchDecision,
  ): Promise<ArchitectureSwitch> {
    const before = this.turns.get(request.accountId) ?? Promise.resolve();
    const turn = before.then(() => this.answer(request, decide));
    const settled = turn.catch(() => undefined);
    this.turns.set(request.accountId, settled);
    void settled.then(() => {
      if (this.turns.get(request.accountId) === settled) this.turns.delete(request.accountId);
    });
    return turn;
  }

  private async answer(
    { accountId, architecture, idempotencyKey }: SwitchRequest,
    decide: (previous: Architecture) => SwitchDecision,
  ): Promise<ArchitectureSwitch> {
    // The store knows best: the answer to an earlier attempt may have been lost on its way here.
    this.adopt(accountId, await this.store.head(accountId));
    const known = await this.store.find(accountId, idempotencyKey);
    if (known !== null) return known;
    const previous = this.of(accountId);
    const answer: ArchitectureSwitch = {
      accountId,
      sequence: (this.heads.get(accountId)?.sequence ?? 0n) + 1n,
      idempotencyKey,
      previousArchitecture: previous,
      requestedArchitecture: architecture,
      ...decide(previous),
    };
    await this.store.append(answer);
    const { sequence, refusal } = answer;
    this.adopt(accountId, {
      sequence,
      architecture: refusal === null ? architecture : previous,
    });
    return answer;
  }

  private adopt(accountId: string, head: ArchitectureHead | null): void {
    if (head === null) return;
    const before = this.of(accountId);
    this.heads.set(accountId, head);
    if (head.architecture !== before) for (const observer of this.observers) observer(accountId);
  }
}
