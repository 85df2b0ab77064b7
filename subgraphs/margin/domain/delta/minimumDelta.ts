/** The least that an exposure costs, whatever the scenarios say. */

import { charge, type Requirement } from '../risk/requirement.js';
import { deltaShares, type DeltaExposure } from './deltaExposure.js';

export interface MinimumDeltaRates {
  /** Share of the net exposure's value. */
  readonly unhedged: number;
  /** Share of the hedged exposure's value. */
  readonly hedged: number;
}

/**
 * (unhedged × |net| + hedged × hedged delta) × spot, in USD; convex in the positions as long as
 * `hedged` is at most twice `unhedged`. Each line pays by its own delta: what hedges may pay less
 * than nothing. Source: docs.paradex.trade/risk/portfolio-margin.
 */
export function minimumDelta(
  code: string,
  exposure: DeltaExposure,
  { unhedged, hedged }: MinimumDeltaRates,
): Requirement {
  const { underlying, net } = exposure;
  const direction = Math.sign(net);
  const shares = deltaShares(
    exposure,
    // Hedged delta is half of gross less |net|; this is the derivative by the line's delta.
    ({ delta }) => unhedged * direction + (hedged * (Math.sign(delta) - direction)) / 2,
  );
  const detail = `net ${figure(net)}, hedged ${figure(exposure.hedged)}`;
  return charge({ code, of: underlying, detail }, shares);
}

const figure = (value: number) => Number(value.toPrecision(6)).toString();
