/** Asks one subgraph with care: through a breaker, and a second time where that may help. */

import { setTimeout as wait } from 'node:timers/promises';
import type { CallDeadline } from './callDeadline.js';
import type { CircuitBreaker } from './circuitBreaker.js';
import type { RetryBudget } from './retryBudget.js';
import type { RequestKind } from './upstream.js';
import { UpstreamFailure, type CallOutcome } from './upstreamFailure.js';

export interface CallGuardOptions {
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget;
  /** In [0, 1), for the jitter. */
  readonly random: () => number;
  readonly onRetry?: () => void;
}

/** What is being asked, as far as it decides on asking again. */
export interface GuardedCall<Answer> {
  readonly kind: RequestKind;
  readonly deadline: CallDeadline;
  readonly signal: AbortSignal | undefined;
  /** One attempt. */
  readonly ask: () => Promise<Answer>;
}

/** A retry waits for less than this, so that those of one incident do not come together. */
const JITTER_MS = 50;
/** A subgraph that asks for more patience than this is not asked again for the same request. */
const RETRY_AFTER_MS_MAX = 1_000;

export class CallGuard {
  readonly #options: CallGuardOptions;

  constructor(options: CallGuardOptions) {
    this.#options = options;
  }

  /** Rejects as the last attempt does, or with the signal's reason while it waits between two. */
  async run<Answer>(call: GuardedCall<Answer>): Promise<Answer> {
    this.#options.budget.requestBegins();
    try {
      return await this.#attempt(call);
    } catch (failure) {
      const delayMs = this.#retryDelayMs(call, failure);
      if (delayMs === null) throw failure;
      this.#options.onRetry?.();
      await pause(delayMs, call.signal);
      return this.#attempt(call);
    }
  }

  async #attempt<Answer>({ deadline, ask }: GuardedCall<Answer>): Promise<Answer> {
    const { breaker } = this.#options;
    if (deadline.remainingMs() === 0) throw deadline.passed();
    const admission = breaker.admit();
    let outcome: CallOutcome = 'unknown';
    try {
      const answer = await ask();
      outcome = 'answered';
      return answer;
    } catch (failure) {
      if (failure instanceof UpstreamFailure) outcome = failure.outcome;
      throw failure;
    } finally {
      breaker.settle(admission, outcome);
    }
  }

  /** Null when this failure is final; otherwise the retry is paid for. */
  #retryDelayMs({ kind, deadline }: GuardedCall<unknown>, failure: unknown): number | null {
    const { breaker, budget, random } = this.#options;
    if (kind === 'mutation' || !(failure instanceof UpstreamFailure)) return null;
    const { isTransient, retryAfterMs = 0 } = failure;
    if (!isTransient || retryAfterMs > RETRY_AFTER_MS_MAX || breaker.state !== 'closed')
      return null;
    const delayMs = retryAfterMs + random() * JITTER_MS;
    return delayMs < deadline.remainingMs() && budget.take() ? delayMs : null;
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
