/** A subgraph gave no GraphQL answer. */

export type UpstreamFailureCode = 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE';

/**
 * `problem` goes on after the subgraph's name, as in "did not answer within 500 ms", and is shown to
 * clients: it names no host and quotes nothing. The `cause` is for the log only.
 */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';

  constructor(
    readonly code: UpstreamFailureCode,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(problem, options);
  }
}

export const unavailable = (problem: string, cause?: unknown) =>
  new UpstreamFailure('SUBGRAPH_UNAVAILABLE', problem, { cause });

export const timedOut = (timeoutMs: number) =>
  new UpstreamFailure('SUBGRAPH_TIMEOUT', `did not answer within ${timeoutMs} ms`);
