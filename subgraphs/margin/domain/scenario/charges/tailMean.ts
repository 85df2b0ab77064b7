/** The mean of the worst share of some losses. */

export interface TailMean {
  readonly mean: number;
  /** The loss that is exceeded with the remaining probability: the smallest one in the tail. */
  readonly valueAtRisk: number;
  /** The losses in the tail, worst first, by their places; weights sum to 1. */
  readonly worst: readonly { readonly place: number; readonly weight: number }[];
}

/**
 * The worst n × (1 − confidence) of n equally likely losses, the last of them in part, and at least
 * the worst one; never below `valueAtRisk`.
 *
 * @param losses At least one; negative for a gain.
 * @param confidence Between 0 and 1.
 */
export function tailMean(losses: Float64Array, confidence: number): TailMean {
  const size = losses.length * (1 - confidence);
  // 1 − 0.99 is not exactly 0.01: of 500 losses the tail must be 5, and not 5 and a trace.
  const count = Math.max(Math.ceil(size - 1e-9), 1);
  const places = [...losses.keys()].sort((a, b) => losses[b]! - losses[a]! || a - b);
  const worst = places
    .slice(0, count)
    .map((place, i) => ({ place, weight: (i < count - 1 ? 1 : size - (count - 1)) / size }));
  return {
    mean: worst.reduce((sum, { place, weight }) => sum + weight * losses[place]!, 0),
    valueAtRisk: losses[places[count - 1]!]!,
    worst,
  };
}
