/** A requirement in float64 as the decimals that are published: each amount follows from its parts. */

import {
  larger,
  ratioFromFloat,
  requirementFromFloat,
  smaller,
  sum,
  usd,
  usdCeil,
  type Usd,
} from '../../../shared/units.js';
import type { RequirementPart } from '../marginModel.js';
import type { Requirement } from '../risk/requirement.js';

const NOTHING = usd('0');

/** Charges are rounded up to 10⁻⁸ dollars and what is scaled to 10⁻¹⁸; sums are exact. */
export function exactRequirement(requirement: Requirement): RequirementPart {
  const { code, of, operation, detail } = requirement;
  const parts = requirement.parts.map(exactRequirement);
  const factor = operation === 'SCALED' ? ratioFromFloat(requirement.factor) : null;
  const amount = exactAmount(requirement, parts);
  return { code, of, operation, factor, amount, detail, parts };
}

function exactAmount(
  { operation, amount, factor }: Requirement,
  parts: readonly RequirementPart[],
) {
  const amounts = parts.map((part) => part.amount);
  switch (operation) {
    case 'LEAF':
      // Most charges of most books: no decimal is worth making for them.
      return amount === 0 ? NOTHING : requirementFromFloat(amount);
    case 'SUM':
      return sum(amounts);
    case 'LARGEST':
      return chosen(amounts, larger);
    case 'SMALLEST':
      return chosen(amounts, smaller);
    case 'SCALED':
      return usdCeil([sum(amounts), ratioFromFloat(factor)]);
  }
}

const chosen = (amounts: readonly Usd[], better: (a: Usd, b: Usd) => Usd): Usd =>
  amounts.length === 0 ? NOTHING : amounts.reduce(better);
