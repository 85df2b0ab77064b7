/** One answer to somebody who asked for another architecture, and where such answers are kept. */

import type { Architecture } from '../domain/portfolio/architecture.js';
import type { Usd } from '../../shared/units.js';
import type { Quality } from '../domain/account/quality.js';

/** Amounts are those under the architecture requested, at the time. */
export interface ArchitectureSwitch {
  readonly accountId: string;
  /** Gap-free per account, from 1. */
  readonly sequence: bigint;
  /** Made by the client; one answer for each within the account. */
  readonly idempotencyKey: string;
  readonly previousArchitecture: Architecture;
  readonly requestedArchitecture: Architecture;
  /** Why nothing changed; null when the switch was made. */
  readonly refusal: SwitchRefusal | null;
  readonly model: string;
  readonly parameterSet: { readonly name: string; readonly hash: string };
  readonly snapshotHash: string;
  readonly asOf: Date;
  readonly quality: Quality;
  readonly equity: Usd;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
  readonly occurredAt: Date;
}

export type SwitchRefusal = 'BELOW_INITIAL_MARGIN';

/** The end of an account's log. */
export interface ArchitectureHead {
  /** Of the last answer. */
  readonly sequence: bigint;
  /** In force. */
  readonly architecture: Architecture;
}

export interface ArchitectureStore {
  /** Of each account that has an answer; the others are left out. */
  heads(): Promise<ReadonlyMap<string, ArchitectureHead>>;

  /** Null for an account that has no answer. */
  head(accountId: string): Promise<ArchitectureHead | null>;

  /** The answer that this key got before; null when it is new. */
  find(accountId: string, idempotencyKey: string): Promise<ArchitectureSwitch | null>;

  /**
   * Resolves when it is durable. Rejects when the sequence or the key is taken, and with anything
   * else when the attempt may be repeated.
   */
  append(answer: ArchitectureSwitch): Promise<void>;
}
