/** One row of a scenario grid, as data. */

import { z } from 'zod';

/**
 * What implied volatility does: rises, stays or falls by the law of its tenor, or is twisted around
 * the forward, up on one side and down on the other (LINEAR_SKEW) or up on both (ABSOLUTE_SKEW).
 */
export type VolatilityShock = 'UP' | 'NONE' | 'DOWN' | 'LINEAR_SKEW' | 'ABSOLUTE_SKEW';

export interface GridScenario {
  /** Unique in its grid, such as «-13.5% UP» or «-66% UP × 0.21». */
  readonly name: string;
  /** Relative move of the spot, above −1. */
  readonly spotShock: number;
  /** Of futures, where the venue moves them otherwise than the spot; null where it does not. */
  readonly futuresShock: number | null;
  readonly volatility: VolatilityShock;
  /** Share of the profit or loss that counts; below 1 for tails. */
  readonly weight: number;
}

/** Skew scenarios twist the volatilities at today's forward. */
export const isSkew = (shock: VolatilityShock): shock is 'LINEAR_SKEW' | 'ABSOLUTE_SKEW' =>
  shock === 'LINEAR_SKEW' || shock === 'ABSOLUTE_SKEW';

const shock = z.number().gt(-1, 'a price cannot fall by 100 % or more').max(1000);

const block = z.strictObject({
  spots: z.array(shock).min(1),
  futures: shock.nullable().default(null),
  volatilities: z.array(z.enum(['UP', 'NONE', 'DOWN', 'LINEAR_SKEW', 'ABSOLUTE_SKEW'])).min(1),
  weight: z.number().min(0).max(10).default(1),
});

/** Blocks of spots × volatilities with one weight each; reads as rows, in the order of the text. */
export const gridSchema = z
  .array(block)
  .min(1)
  .transform((blocks) => blocks.flatMap(rows))
  .refine((grid) => new Set(grid.map(({ name }) => name)).size === grid.length, {
    error: 'names a scenario twice',
  });

const rows = ({ spots, futures, volatilities, weight }: z.infer<typeof block>) =>
  spots.flatMap((spotShock) =>
    volatilities.map((volatility) =>
      gridScenario({ spotShock, futuresShock: futures, volatility, weight }),
    ),
  );

/** Names the row. */
export const gridScenario = (row: Omit<GridScenario, 'name'>): GridScenario => ({
  name: scenarioName(row),
  ...row,
});

function scenarioName({ spotShock, futuresShock, volatility, weight }: Omit<GridScenario, 'name'>) {
  const futures = futuresShock === null ? '' : ` (futures ${percent(futuresShock)})`;
  const share = weight === 1 ? '' : ` × ${rounded(weight)}`;
  return `${percent(spotShock)}${futures} ${volatility}${share}`;
}

const percent = (share: number) => `${share > 0 ? '+' : ''}${rounded(share * 100)}%`;

const rounded = (value: number) => Number(value.toFixed(6));
