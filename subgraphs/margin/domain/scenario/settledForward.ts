/**
 * The part of a forward that has settled already, where an expiry settles to an average of the spot
 * over the last `averagingSeconds` before it; 0 before they begin.
 *
 * Source: docs.derive.xyz, «Settlements» (30 minutes).
 *
 * @param seconds Until expiry; 0 or less once it is reached.
 */
export function settledForward(forward: number, seconds: number, averagingSeconds: number): number {
  const settled = (averagingSeconds - Math.max(seconds, 0)) / averagingSeconds;
  return forward * Math.max(settled, 0);
}
