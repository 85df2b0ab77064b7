/** Bybit's wallet: what the account holds, and the margin that Bybit reports over it. */

import {
  isEqual,
  isPositive,
  quantity,
  ratio,
  ratioFloor,
  subtract,
} from '../../../shared/units.js';
import type { Quantity, Ratio } from '../../../shared/units.js';
import type { CollateralBalance, ReportedMargin } from '../../contract/venueState.js';
import { refuseRepeats } from '../../kit/distinct.js';
import { ratioOf, requirements } from '../../kit/marginRow.js';
import type { Notices } from '../../kit/notices.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import { venueTerms } from '../../kit/venueTerms.js';
import { bybitResult } from './bybitResult.js';

const NONE = quantity('0');
const ONE = ratio('1');
const MARGIN_FIELDS = [
  'totalMarginBalance',
  'totalInitialMargin',
  'totalMaintenanceMargin',
  'accountIMRate',
  'accountMMRate',
];
const TERMS = [
  'totalEquity',
  'totalWalletBalance',
  'totalPerpUPL',
  ...MARGIN_FIELDS,
  'totalAvailableBalance',
];

/** The one account in the response. */
export function bybitWallet(response: ResponseNode, notices: Notices): ResponseNode {
  const list = bybitResult(response).field('list');
  const [wallet, ...more] = list.items();
  if (!wallet || more.length > 0) throw list.refusal('there must be one account in the wallet');
  notices.addUnknown(wallet.field('accountType'), ['UNIFIED']);
  return wallet;
}

/** `walletBalance` leaves unrealized profit out, and contains what `spotBorrow` says is owed. */
export function bybitCollateral(coins: readonly ResponseNode[]): CollateralBalance[] {
  const rows = coins.map((node) => ({ node, key: node.field('coin').text() }));
  refuseRepeats(rows);
  return rows
    .map(({ node, key }): CollateralBalance => ({
      asset: key,
      quantity: subtract(node.field('walletBalance').quantity(), owed(node.field('spotBorrow'))),
      location: 'VENUE',
      status: 'SETTLED',
      isCollateral: isOn(node.field('marginCollateral')) && isOn(node.field('collateralSwitch')),
    }))
    .filter((balance) => !isEqual(balance.quantity, NONE))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1));
}

/** One pool in USD. In isolated mode each position is margined alone and the figures are blank. */
export function bybitMargin(wallet: ResponseNode): ReportedMargin[] {
  if (MARGIN_FIELDS.every((name) => wallet.field(name).isEmptyText)) return [];
  const equity = wallet.field('totalMarginBalance').quantity();
  const required = requirements(
    wallet.field('totalInitialMargin'),
    wallet.field('totalMaintenanceMargin'),
  );
  return [
    {
      currency: 'USD',
      equity,
      ...required,
      marginRatio: marginRatio(
        wallet.field('accountMMRate').ratio(),
        equity,
        required.maintenanceMargin,
      ),
      venueTerms: venueTerms(wallet, TERMS),
    },
  ];
}

/**
 * Bybit's rate is maintenance margin ÷ margin balance, so it is inverted, rounding down. Bybit rounds a
 * small rate to zero, and then the ratio comes from the amounts.
 */
function marginRatio(rate: Ratio, equity: Quantity, maintenanceMargin: Quantity): Ratio | null {
  if (!isPositive(maintenanceMargin)) return null;
  return isPositive(rate) ? ratioFloor(ONE, rate) : ratioOf(equity, maintenanceMargin);
}

const owed = (borrowed: ResponseNode) => (borrowed.isBlank ? NONE : borrowed.nonNegativeQuantity());

/** Older responses do not carry the switches. */
const isOn = (flag: ResponseNode) => flag.isBlank || flag.flag();
