/** What a Deribit account holds of each currency. */

import { add, isEqual, quantity, subtract, type Quantity } from '../../../shared/units.js';
import type { CollateralBalance } from '../../contract/venueState.js';
import { refuseRepeats } from '../../kit/distinct.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import type { DeribitPosition } from './deribitPositions.js';

const NONE = quantity('0');

/**
 * `balance` holds no profit of the running session, but since the daily settlement at 08:00 UTC also
 * profit of futures that are still open. Their unrealized profit is counted from their average entry,
 * so what was settled is taken off here, and balance plus unrealized profit is the venue's equity.
 */
export function deribitCollateral(
  summaries: readonly ResponseNode[],
  positions: readonly DeribitPosition[],
): CollateralBalance[] {
  const rows = summaries.map((node) => ({ node, key: node.field('currency').text() }));
  refuseRepeats(rows);
  const settled = settledProfits(positions, new Set(rows.map(({ key }) => key)));
  return rows
    .map(({ node, key }): CollateralBalance => ({
      asset: key,
      quantity: subtract(node.field('balance').quantity(), settled.get(key) ?? NONE),
      location: 'VENUE',
      status: 'SETTLED',
      isCollateral: true,
    }))
    .filter((balance) => !isEqual(balance.quantity, NONE))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1));
}

function settledProfits(
  positions: readonly DeribitPosition[],
  currencies: ReadonlySet<string>,
): ReadonlyMap<string, Quantity> {
  const profits = new Map<string, Quantity>();
  for (const { node, position, settledProfit } of positions) {
    const { settlementCurrency: currency, symbol } = position.instrument;
    if (!currencies.has(currency)) {
      throw node.refusal(`${symbol} settles in ${currency}, of which there is no account summary`);
    }
    profits.set(currency, add(profits.get(currency) ?? NONE, settledProfit));
  }
  return profits;
}
