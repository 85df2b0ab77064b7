/** Time as an argument, so that tests decide when it passes. */
export interface Clock {
  now(): Date;
  /** Runs the action once, after so many milliseconds, unless cancelled by the function returned. */
  schedule(afterMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  schedule(afterMs, action) {
    const timer = setTimeout(action, afterMs);
    return () => clearTimeout(timer);
  },
};
