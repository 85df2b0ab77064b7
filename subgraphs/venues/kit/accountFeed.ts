/**
 * Keeps the state of every account of one venue by asking the adapter again and again.
 *
 * An answer that cannot be used, or does not come in time, never replaces a good state: the account
 * goes STALE with the reason, and live again with the next good answer.
 */

import { afterAnswer, afterProblem, type AccountRecord } from './accountRecord.js';
import type { Clock } from './clock.js';
import { withDeadline } from './deadline.js';
import { Refusal } from './refusal.js';
import type { UpdateLog } from './updateLog.js';
import type { VenueAdapter } from './venueAdapter.js';

export interface FeedSettings {
  /** From the end of one round to the start of the next. */
  readonly intervalMs: number;
  /** How long one answer may take. */
  readonly answerMsMax: number;
  readonly clock: Clock;
}

export class AccountFeed {
  private cancelNext: () => void = () => undefined;
  private round: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly adapter: VenueAdapter,
    readonly log: UpdateLog,
    private readonly settings: FeedSettings,
  ) {}

  /** Resolves after the first round; further ones follow by themselves. */
  async start(): Promise<void> {
    this.round = this.poll();
    await this.round;
    if (this.isStopped) return;
    const { clock, intervalMs } = this.settings;
    this.cancelNext = clock.schedule(intervalMs, () => void this.start());
  }

  /** Asks no more; resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelNext();
    await this.round;
  }

  /** One round: which accounts there are, and the state of each. Never rejects. */
  async poll(): Promise<void> {
    const { slug } = this.adapter;
    const listed = await this.answer((signal) => this.adapter.accounts(signal));
    if ('problem' in listed) {
      for (const { id } of this.log.all()) this.note(id, listed.problem);
      return;
    }
    await Promise.all(listed.value.map((accountId) => this.pollAccount(accountId)));
    const present = new Set(listed.value.map((accountId) => `${slug}:${accountId}`));
    for (const { id } of this.log.all()) {
      if (!present.has(id)) this.note(id, `${slug} accounts: ${id} is no longer listed`);
    }
  }

  private async pollAccount(accountId: string): Promise<void> {
    const id = `${this.adapter.slug}:${accountId}`;
    const answer = await this.answer((signal) => this.adapter.fetchAccount(accountId, signal));
    if ('problem' in answer) {
      this.note(id, answer.problem);
      return;
    }
    this.take(afterAnswer(this.log.get(id), id, answer.value, this.settings.clock.now()));
  }

  private note(id: string, problem: string): void {
    this.take(afterProblem(this.log.get(id), id, problem));
  }

  private take(record: AccountRecord): void {
    if (record !== this.log.get(record.id)) this.log.append(record);
  }

  private async answer<Value>(
    ask: (signal: AbortSignal) => Promise<Value>,
  ): Promise<{ readonly value: Value } | { readonly problem: string }> {
    const { clock, answerMsMax } = this.settings;
    try {
      return { value: await withDeadline(clock, answerMsMax, ask) };
    } catch (error) {
      if (error instanceof Refusal) return { problem: error.message };
      return { problem: `${this.adapter.slug} does not answer: ${(error as Error).message}` };
    }
  }
}
