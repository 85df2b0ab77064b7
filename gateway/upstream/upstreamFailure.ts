/** A subgraph gave no GraphQL answer. */

export type UpstreamFailureCode = 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE';

/** What a call shows of the subgraph's health: `unknown` is nothing at all. */
export type CallOutcome = 'answered' | 'failed' | 'unknown';

export interface FailureTraits extends ErrorOptions {
  /** `failed` when absent; `answered` for a subgraph that is well and refuses this one question. */
  readonly outcome?: CallOutcome;
  /** Asking again at once, or after `retryAfterMs`, may well help; false when absent. */
  readonly isTransient?: boolean;
  /** When asking again has a chance; clients are told. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * `problem` goes on after the subgraph's name, as in "did not answer within 500 ms", and is shown to
 * clients: it names no host and quotes nothing. The `cause` is for the log only.
 */
export class UpstreamFailure extends Error {
  override readonly name: string = 'UpstreamFailure';
  readonly outcome: CallOutcome;
  readonly isTransient: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: UpstreamFailureCode,
    readonly problem: string,
    traits: FailureTraits = {},
  ) {
    super(problem, traits);
    this.outcome = traits.outcome ?? 'failed';
    this.isTransient = traits.isTransient ?? false;
    this.retryAfterMs = traits.retryAfterMs;
  }
}

export const unavailable = (problem: string, cause?: unknown, traits: FailureTraits = {}) =>
  new UpstreamFailure('SUBGRAPH_UNAVAILABLE', problem, { ...traits, cause });

export const timedOut = (problem: string, traits: FailureTraits = {}) =>
  new UpstreamFailure('SUBGRAPH_TIMEOUT', problem, traits);
