/** The worst of every move up to a largest one, by delta and gamma, without a grid. */

import { charge, type Requirement } from '../risk/requirement.js';
import type { DeltaExposure } from './deltaExposure.js';

/** Of a whole exposure; `spot` in USD, above zero. */
export interface DeltaGamma {
  readonly delta: number;
  readonly gamma: number;
  readonly spot: number;
}

/**
 * The relative move in −moveMax … moveMax at which the exposure loses most. Short gamma loses most
 * at an end; long gamma where its gains catch up with the delta's losses. 0 where nothing loses.
 * Source: domain.md §5.
 */
export function worstMove({ delta, gamma, spot }: DeltaGamma, moveMax: number): number {
  const end = delta > 0 ? -moveMax : moveMax;
  if (gamma <= 0) return delta === 0 && gamma === 0 ? 0 : end;
  const turn = -delta / (gamma * spot);
  return Math.abs(turn) < moveMax ? turn : end;
}

/** USD lost at a relative move: −(ΔSy + ½ΓS²y²). Negative is a gain. */
export const deltaGammaLoss = ({ delta, gamma, spot }: DeltaGamma, move: number): number =>
  -(delta * spot * move + (gamma * spot * spot * move * move) / 2);

/** The loss of the whole exposure at its worst move; each line pays its own loss there. */
export function deltaGammaMargin(
  code: string,
  exposure: DeltaExposure,
  moveMax: number,
): Requirement {
  const { underlying, spot, lines, lineCount, net: delta } = exposure;
  const gamma = lines.reduce((sum, line) => sum + line.gamma, 0);
  const move = worstMove({ delta, gamma, spot }, moveMax);
  const shares = new Float64Array(lineCount);
  for (const line of lines) {
    shares[line.line]! += deltaGammaLoss({ delta: line.delta, gamma: line.gamma, spot }, move);
  }
  return charge({ code, of: underlying, detail: `at a move of ${percent(move)}` }, shares);
}

const percent = (share: number) => `${Number((share * 100).toFixed(4))}%`;
