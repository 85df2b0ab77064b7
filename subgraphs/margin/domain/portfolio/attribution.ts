/** Who has what in a requirement, to the last digit. */

import { exactShares } from '../exactShares.js';
import type { LineShare } from '../marginModel.js';
import type { RiskLine } from '../risk/riskBook.js';
import type { PublishedRequirement } from './publishedRequirement.js';

/** One for each line, in their order; both columns sum exactly to the requirement. */
export function attribution(
  lines: readonly RiskLine[],
  { initialMargin, maintenanceMargin }: PublishedRequirement,
): readonly LineShare[] {
  // Nothing is required of an account that holds nothing.
  if (lines.length === 0) return [];
  const initial = exactShares(initialMargin.part.amount, initialMargin.shares);
  const maintenance = exactShares(maintenanceMargin.part.amount, maintenanceMargin.shares);
  return lines.flatMap((line, i) => {
    const [its, kept] = [initial[i], maintenance[i]];
    if (its === undefined || kept === undefined) return [];
    return [{ ...line, initialMargin: its, maintenanceMargin: kept }];
  });
}
