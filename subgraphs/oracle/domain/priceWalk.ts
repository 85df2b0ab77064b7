/**
 * A seeded random walk of one price that keeps returning to its anchor: the logarithm of
 * price ÷ anchor is an Ornstein-Uhlenbeck process, stepped exactly, so that the size of the steps
 * does not change its law. Drawn in float64; handed out as decimals.
 */

import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { format, price, type Price } from '../../shared/units.js';
import type { DemoAsset } from './demoMarket.js';

export interface WalkState {
  /** USD per unit, above zero. */
  readonly price: Price;
  /** The level that the walk returns to; above zero. */
  readonly anchor: Price;
  /** State of the generator that draws the next step. */
  readonly random: readonly number[];
}

/** A year of 365 days, as option markets count it. */
export const YEAR_MS = 365 * 86_400_000;

/** So many digits stay in motion even where `decimals` would leave fewer, after a steep fall. */
const SIGNIFICANT_DIGITS = 5;
const DECIMALS_MAX = 18;

/**
 * The first state. Assets walk independently of each other: one that is added to the market does not
 * change how the others walk for the same seed.
 */
export function startWalk(seed: number, assetId: string, from: Price, anchor = from): WalkState {
  const digest = createHash('sha256').update(`${seed} ${assetId}`).digest();
  const random = xoroshiro128plus(digest.readInt32LE()).getState();
  return { price: from, anchor, random };
}

/** The state after `elapsedMs`. A price without volatility stays where it is. */
export function stepWalk(state: WalkState, asset: DemoAsset, elapsedMs: number): WalkState {
  if (asset.annualVolatility === 0 || elapsedMs <= 0) return state;
  const anchor = Number(format(state.anchor));
  const distance = Math.log(Number(format(state.price)) / anchor);
  const kept = Math.exp(-elapsedMs / (asset.reversionSeconds * 1000));
  const deviation = restingDeviation(asset) * Math.sqrt(1 - kept * kept);
  const { value, random } = standardNormal(state.random);
  const next = anchor * Math.exp(distance * kept + deviation * value);
  return { ...state, price: walkPrice(next, asset.decimals), random };
}

/** Standard deviation of ln(price ÷ anchor) in the long run. */
export const restingDeviation = ({ annualVolatility, reversionSeconds }: DemoAsset): number =>
  annualVolatility * Math.sqrt((reversionSeconds * 1000) / YEAR_MS / 2);

/** The state after a move on command: the walk goes on from there and around it. */
export const moveWalk = (state: WalkState, to: Price): WalkState => ({
  ...state,
  price: to,
  anchor: to,
});

/** Box and Muller's method; one of its two values is enough. */
function standardNormal(state: readonly number[]): { value: number; random: readonly number[] } {
  const generator = xoroshiro128plusFromState(state);
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
  const value = radius * Math.cos(2 * Math.PI * uniformFloat64(generator));
  return { value, random: generator.getState() };
}

function walkPrice(value: number, decimals: number): Price {
  const leading = Math.ceil(-Math.log10(value)); // Zeros behind the point, and the digit after them.
  const needed = Math.min(DECIMALS_MAX, leading + SIGNIFICANT_DIGITS - 1);
  return price(value.toFixed(Math.max(decimals, needed)));
}
