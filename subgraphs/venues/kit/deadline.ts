import type { Clock } from './clock.js';

/**
 * The result of the work, or a rejection when it takes too long. The signal given to the work is then
 * aborted, and what the work does after that is ignored.
 */
export function withDeadline<Result>(
  clock: Clock,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController();
    const cancel = clock.schedule(limitMs, () => {
      const error = new Error(`no answer within ${limitMs} ms`);
      abort.abort(error);
      reject(error);
    });
    work(abort.signal).then(resolve, reject).finally(cancel);
  });
}
