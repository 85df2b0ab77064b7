/** How far a value can be trusted, and why not further. See `Quality` in schema.graphql. */

export type Quality = 'LIVE' | 'DEGRADED' | 'STALE';

/** Something that keeps a result from being LIVE. */
export interface Finding {
  readonly quality: Exclude<Quality, 'LIVE'>;
  /** One sentence for people. Free of times, so that equal inputs give equal results. */
  readonly reason: string;
}

const fromBest: readonly Quality[] = ['LIVE', 'DEGRADED', 'STALE'];

/** LIVE for an empty list. */
export const worstQuality = (qualities: readonly Quality[]): Quality =>
  fromBest.findLast((quality) => qualities.includes(quality)) ?? 'LIVE';
