/** Calls back when an instant has come. */

/** The longest that a timer can be set for. */
const TIMER_MS_MAX = 2_147_483_647;

/** `at` and `now` are in ms since 1970. Returns what cancels it. */
export function whenExpired(at: number, now: () => number, expire: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = at - now();
    timer =
      leftMs > TIMER_MS_MAX
        ? setTimeout(wait, TIMER_MS_MAX)
        : setTimeout(expire, Math.max(0, leftMs));
    timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
}
