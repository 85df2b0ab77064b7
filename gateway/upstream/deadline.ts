/** Runs work that must end by a deadline, or when its caller loses interest. */

/**
 * `work` gets a signal that aborts with `late()` after `timeoutMs`, or with the parent's reason when
 * the parent aborts first, and is trusted to reject with that reason. Neither the timer nor the
 * listener outlives the work, unlike those of AbortSignal.timeout and AbortSignal.any.
 */
export async function withDeadline<Result>(
  timeoutMs: number,
  parent: AbortSignal | undefined,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  parent?.throwIfAborted();
  const controller = new AbortController();
  const abortWithParent = () => controller.abort(parent?.reason);
  const timer = setTimeout(() => controller.abort(late()), timeoutMs);
  parent?.addEventListener('abort', abortWithParent, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', abortWithParent);
  }
}
