/** Time as an argument, so that tests decide when it passes. */
export interface Clock {
  now(): Date;
  /** Runs the action every so many milliseconds until it is cancelled by the function returned. */
  every(intervalMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  every(intervalMs, action) {
    const timer = setInterval(action, intervalMs);
    return () => clearInterval(timer);
  },
};
