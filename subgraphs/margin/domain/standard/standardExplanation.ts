/** What made the requirement of an account under the standard rules, and whose it is. */

import { usd } from '../../../shared/units.js';
import type { LineShare, MarginExplanation } from '../marginModel.js';
import type { RiskLine } from '../risk/riskBook.js';
import type { RequirementPair } from './marginPair.js';
import type { StandardBook } from './standardPosition.js';

const NOTHING = usd('0');

/**
 * Attribution names every position and then every asset of each book, once.
 *
 * @param books Of the venues, in the order of their ids.
 */
export function standardExplanation(
  books: readonly StandardBook[],
  { initialMargin, maintenanceMargin }: RequirementPair,
): MarginExplanation {
  const [initialShares, maintenanceShares] = [initialMargin.shares(), maintenanceMargin.shares()];
  return {
    initialMargin: initialMargin.part,
    maintenanceMargin: maintenanceMargin.part,
    attribution: linesOf(books).map((line): LineShare => ({
      ...line,
      initialMargin: initialShares.get(line) ?? NOTHING,
      maintenanceMargin: maintenanceShares.get(line) ?? NOTHING,
    })),
    scenarios: [],
    worstScenarios: [],
  };
}

function linesOf(books: readonly StandardBook[]): readonly RiskLine[] {
  const owners = books.flatMap(({ positions, balances }) => [...positions, ...balances]);
  return [...new Set(owners.map(({ line }) => line))];
}
