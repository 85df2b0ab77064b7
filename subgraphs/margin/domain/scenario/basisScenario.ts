/**
 * What a move of the forwards against the book costs, spot and volatility aside: a candidate for the
 * worst scenario, counted by time to expiry. Source: docs.derive.xyz/docs/pm2, «basis contingency».
 */

import { z } from 'zod';
import { charge, type Requirement } from '../risk/requirement.js';
import type { UnderlyingRisk } from '../risk/riskBook.js';
import { blackValues } from './blackValues.js';
import { preparedExpiries, shockedForward, type PreparedExpiry } from './preparedExpiry.js';
import { preparedOptions, type PreparedOptions } from './preparedOptions.js';

export interface BasisScenario {
  readonly kind: 'BASIS_SCENARIO';
  /** Relative moves of each expiry's forward, each expiry taking the worse: 0.045 and −0.045. */
  readonly up: number;
  readonly down: number;
  /** Share of the loss that counts, and what is added to it for each year to expiry. */
  readonly share: number;
  readonly sharePerYear: number;
  /** As the scan of the same venue. */
  readonly discountsMarks: boolean;
}

export const basisScenarioSchema = z.strictObject({
  kind: z.literal('BASIS_SCENARIO'),
  up: z.number().min(0).max(10),
  down: z.number().gt(-1).max(0),
  share: z.number().min(0).max(20),
  sharePerYear: z.number().min(0).max(20),
  discountsMarks: z.boolean(),
}) satisfies z.ZodType<BasisScenario>;

/** Dated futures move with the options of their expiry, which they may hedge. */
export function basisScenario(
  code: string,
  rule: BasisScenario,
  underlying: UnderlyingRisk,
  lineCount: number,
): Requirement {
  const expiries = preparedExpiries(underlying, rule.discountsMarks);
  const options = preparedOptions(underlying);
  const moves = [rule.up, rule.down].map((move) =>
    lossesOfMove(move, underlying, expiries, options),
  );
  const shares = new Float64Array(lineCount);
  expiries.forEach((expiry, e) => {
    const counted = rule.share + rule.sharePerYear * expiry.years;
    const worst = moves
      .map((move) => move[e]!)
      .reduce((worse, losses) => (total(losses) > total(worse) ? losses : worse));
    if (total(worst) <= 0) return;
    for (const { line, loss } of worst) shares[line]! += counted * loss;
  });
  return charge({ code, of: underlying.underlying }, shares);
}

interface LineLoss {
  readonly line: number;
  readonly loss: number;
}

const total = (losses: readonly LineLoss[]) => losses.reduce((sum, { loss }) => sum + loss, 0);

/** By expiry. */
function lossesOfMove(
  move: number,
  { futures }: UnderlyingRisk,
  expiries: readonly PreparedExpiry[],
  options: PreparedOptions,
): readonly (readonly LineLoss[])[] {
  const today = optionValues(0, expiries, options);
  const moved = optionValues(move, expiries, options);
  return expiries.map((expiry, e) => {
    const losses: LineLoss[] = [];
    for (let i = options.starts[e]!; i < options.starts[e + 1]!; i++) {
      const loss = options.quantities[i]! * (today[i]! - moved[i]!) * expiry.discount;
      losses.push({ line: options.lines[i]!, loss });
    }
    for (const { line, expiry: place, contract, quantity, mark, pointValue } of futures) {
      if (place !== e) continue;
      const unit = contract === 'INVERSE' ? 1 : mark;
      const share = (move * expiry.moving) / expiry.forward;
      losses.push({ line, loss: -quantity * unit * share * pointValue });
    }
    return losses;
  });
}

function optionValues(
  move: number,
  expiries: readonly PreparedExpiry[],
  { count, columns, volatilities, starts }: PreparedOptions,
): Float64Array {
  const [forwards, values] = [new Float64Array(count), new Float64Array(count)];
  const deviations = new Float64Array(count);
  expiries.forEach((expiry, e) => {
    forwards.fill(shockedForward(expiry, move), starts[e], starts[e + 1]);
    for (let i = starts[e]!; i < starts[e + 1]!; i++) {
      deviations[i] = volatilities[i]! * expiry.rootYears;
    }
  });
  blackValues(columns, forwards, deviations, values);
  return values;
}
