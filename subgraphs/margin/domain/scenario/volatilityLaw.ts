/** How far implied volatility moves in a scenario, by the time to expiry. */

import { z } from 'zod';

const SECONDS_PER_DAY = 86_400;

/**
 * The move is `up` or `down` × (referenceDays ÷ days)^power: short expiries move more. Venues differ
 * in the numbers only.
 */
export interface VolatilityLaw {
  /** RELATIVE: a share of the volatility; POINTS: added to it, 0.2 being 20 points. */
  readonly shift: 'RELATIVE' | 'POINTS';
  readonly up: number;
  readonly down: number;
  /** An UP scenario takes volatility to at least this, a year; a DOWN scenario to at least 0. */
  readonly upMin: number;
  readonly referenceDays: number;
  /** Expiries nearer than this move as if this far. */
  readonly daysMin: number;
  /** Up to `referenceDays`. */
  readonly shortPower: number;
  /** Beyond `referenceDays`. */
  readonly longPower: number;
}

/** The shocked volatility is max(min, volatility × factor + points). */
export interface VolatilityMove {
  readonly factor: number;
  readonly points: number;
  readonly min: number;
}

const STILL: VolatilityMove = { factor: 1, points: 0, min: 0 };

/** Source: docs.derive.xyz/docs/pm2, docs.paradex.trade/risk/portfolio-margin. */
export function volatilityMove(
  law: VolatilityLaw,
  direction: 'UP' | 'NONE' | 'DOWN',
  seconds: number,
): VolatilityMove {
  if (direction === 'NONE') return STILL;
  const size = (direction === 'UP' ? law.up : -law.down) * tenorScale(law, seconds);
  const min = direction === 'UP' ? law.upMin : 0;
  return law.shift === 'RELATIVE'
    ? { factor: Math.max(1 + size, 0), points: 0, min }
    : { factor: 1, points: size, min };
}

function tenorScale(law: VolatilityLaw, seconds: number): number {
  const days = seconds / SECONDS_PER_DAY;
  const power = days <= law.referenceDays ? law.shortPower : law.longPower;
  const floored = Math.max(days, law.daysMin);
  // Without time left there is nothing to move, and nothing to divide by.
  return floored === 0 ? 0 : (law.referenceDays / floored) ** power;
}

/** A parameter set always floors the days, so that the move stays bounded. */
export const volatilityLawSchema = z.strictObject({
  shift: z.enum(['RELATIVE', 'POINTS']).default('RELATIVE'),
  up: z.number().min(0).max(10),
  down: z.number().min(0).max(10),
  upMin: z.number().min(0).max(20).default(0),
  referenceDays: z.number().positive().default(30),
  daysMin: z.number().positive(),
  shortPower: z.number().min(0).max(10),
  longPower: z.number().min(0).max(10),
}) satisfies z.ZodType<VolatilityLaw>;
