/** Asks one subgraph with care: through a breaker, and a second time where that may help. */

import type { CallDeadline } from './callDeadline.js';
import type { CallerSignal } from './callerSignal.js';
import type { CircuitBreaker } from './circuitBreaker.js';
import type { RetryBudget } from './retryBudget.js';
import type { RequestKind } from './upstream.js';
import { UpstreamFailure } from './upstreamFailure.js';

export interface CallGuardOptions {
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget;
  /** In [0, 1), for the jitter. */
  readonly random: () => number;
  readonly onRetry?: () => void;
}

/** What is being asked, as far as it decides on asking again. */
export interface GuardedCall {
  readonly kind: RequestKind;
  readonly deadline: CallDeadline;
  readonly signal: CallerSignal | undefined;
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

  /**
   * `ask` is one attempt. Rejects as the last one does, or with the signal's reason when that aborts
   * before the first or between two.
   */
  run<Answer>(call: GuardedCall, ask: () => Promise<Answer>): Promise<Answer> {
    this.#options.budget.requestBegins();
    return this.#attempt(call, ask).catch((failure: unknown) => this.#retry(call, ask, failure));
  }

  async #retry<Answer>(
    call: GuardedCall,
    ask: () => Promise<Answer>,
    failure: unknown,
  ): Promise<Answer> {
    call.signal?.throwIfAborted();
    const delayMs = this.#retryDelayMs(call, failure);
    if (delayMs === null) throw failure;
    this.#options.onRetry?.();
    await pause(delayMs, call.signal);
    return this.#attempt(call, ask);
  }

  async #attempt<Answer>(call: GuardedCall, ask: () => Promise<Answer>): Promise<Answer> {
    const { breaker } = this.#options;
    const { deadline, signal } = call;
    signal?.throwIfAborted();
    if (deadline.remainingMs() === 0) throw deadline.passed();
    const admission = breaker.admit();
    try {
      const answer = await ask();
      breaker.settle(admission, 'answered');
      return answer;
    } catch (failure) {
      breaker.settle(admission, failure instanceof UpstreamFailure ? failure.outcome : 'unknown');
      throw failure;
    }
  }

  /** Null when this failure is final; otherwise the retry is paid for. */
  #retryDelayMs({ kind, deadline }: GuardedCall, failure: unknown): number | null {
    const { breaker, budget, random } = this.#options;
    if (kind === 'mutation' || !(failure instanceof UpstreamFailure)) return null;
    const { isTransient, retryAfterMs = 0 } = failure;
    if (!isTransient || retryAfterMs > RETRY_AFTER_MS_MAX || breaker.state !== 'closed')
      return null;
    const delayMs = retryAfterMs + random() * JITTER_MS;
    return delayMs < deadline.remainingMs() && budget.take() ? delayMs : null;
  }
}

/** Ends early when the signal aborts, which it must not have done before. */
function pause(ms: number, signal: CallerSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      resolve();
    };
    const aborted = { handleEvent: end };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
