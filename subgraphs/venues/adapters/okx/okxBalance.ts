/** OKX's balances, and the margin that it reports over them. */

import { isEqual, quantity } from '../../../shared/units.js';
import type { CollateralBalance, ReportedMargin } from '../../contract/venueState.js';
import { refuseRepeats } from '../../kit/distinct.js';
import { requirements } from '../../kit/marginRow.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import { venueTerms } from '../../kit/venueTerms.js';

const NONE = quantity('0');
const REQUIREMENTS = ['imr', 'mmr', 'mgnRatio'];
const ACCOUNT_TERMS = [
  'totalEq',
  'adjEq',
  'isoEq',
  'ordFroz',
  ...REQUIREMENTS,
  'notionalUsd',
  'upl',
];
const CURRENCY_TERMS = ['eq', 'disEq', 'availEq', ...REQUIREMENTS, 'upl'];

/** `cashBal`, which leaves unrealized profit out and is negative when borrowed. */
export function okxCollateral(details: readonly ResponseNode[]): CollateralBalance[] {
  const rows = details.map((node) => ({ node, key: node.field('ccy').text() }));
  refuseRepeats(rows);
  return rows
    .map(({ node, key }): CollateralBalance => ({
      asset: key,
      quantity: node.field('cashBal').quantity(),
      location: 'VENUE',
      status: 'SETTLED',
      isCollateral: isOn(node.field('collateralEnabled')),
    }))
    .filter((balance) => !isEqual(balance.quantity, NONE))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1));
}

/**
 * In multi-currency and portfolio mode the account is one pool in USD. In single-currency mode the
 * account's figures are blank and each currency is a pool of its own; in spot mode there is none.
 */
export function okxMargin(account: ResponseNode): ReportedMargin[] {
  if (!isBlankThroughout(account, ['adjEq', ...REQUIREMENTS])) {
    return [pool(account, 'USD', account.field('adjEq'), ACCOUNT_TERMS)];
  }
  return account
    .field('details')
    .items()
    .filter((row) => !isBlankThroughout(row, REQUIREMENTS))
    .map((row) => pool(row, row.field('ccy').text(), row.field('eq'), CURRENCY_TERMS))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** OKX's ratio is equity ÷ (maintenance margin + fees of closing); blank when nothing is open. */
function pool(
  row: ResponseNode,
  currency: string,
  equity: ResponseNode,
  terms: readonly string[],
): ReportedMargin {
  const ratio = row.field('mgnRatio');
  return {
    currency,
    equity: equity.quantity(),
    ...requirements(row.field('imr'), row.field('mmr')),
    marginRatio: ratio.isBlank ? null : ratio.ratio(),
    venueTerms: venueTerms(row, terms),
  };
}

/** Fields that are all there and all empty; one that is absent is drift, and read as a number fails. */
const isBlankThroughout = (row: ResponseNode, names: readonly string[]) =>
  names.map((name) => row.field(name)).every((field) => field.isEmptyText);

/** Accounts that cannot switch collateral off do not send the flag. */
const isOn = (flag: ResponseNode) => flag.isBlank || flag.flag();
