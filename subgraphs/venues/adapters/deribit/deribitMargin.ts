/** Margin as Deribit reports it: a pool per currency, and one in USD for those that are crossed. */

import { isEqual, quantity } from '../../../shared/units.js';
import type { ReportedMargin } from '../../contract/venueState.js';
import { ratioOf, requirements } from '../../kit/marginRow.js';
import type { Notices } from '../../kit/notices.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import { venueTerms } from '../../kit/venueTerms.js';

const MODELS = ['segregated_sm', 'segregated_pm', 'cross_sm', 'cross_pm'];

const POOL_FIELDS = {
  equity: 'margin_balance',
  initialMargin: 'initial_margin',
  maintenanceMargin: 'maintenance_margin',
};
const POOL_TERMS = [
  'margin_model',
  'balance',
  'equity',
  'margin_balance',
  'initial_margin',
  'maintenance_margin',
  'available_funds',
  'session_upl',
  'options_value',
];

const CROSS_FIELDS = {
  equity: 'total_margin_balance_usd',
  initialMargin: 'total_initial_margin_usd',
  maintenanceMargin: 'total_maintenance_margin_usd',
};
const CROSS_TERMS = ['margin_model', 'total_equity_usd', ...Object.values(CROSS_FIELDS)];

const NONE = quantity('0');

/**
 * Deribit tests its margin balance, which leaves the value of options out, against the requirements,
 * and publishes no ratio: it is computed here. Pools in which nothing stands are left out.
 */
export function deribitMargin(
  summaries: readonly ResponseNode[],
  notices: Notices,
): ReportedMargin[] {
  for (const row of summaries) notices.addUnknown(row.field('margin_model'), MODELS);
  const pools = summaries
    .filter((row) => !isCrossed(row))
    .map((row) => pool(row, row.field('currency').text(), POOL_FIELDS, POOL_TERMS))
    .filter(({ equity, initialMargin }) => ![equity, initialMargin].every(isNothing))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return [...crossedPool(summaries.filter(isCrossed)), ...pools];
}

/**
 * The crossed currencies share one pool, and each row repeats the pool's totals: they are the same
 * money, so they must agree and are taken once.
 */
function crossedPool(rows: readonly ResponseNode[]): ReportedMargin[] {
  const [first, ...others] = rows;
  if (!first) return [];
  for (const field of Object.values(CROSS_FIELDS)) {
    const total = first.field(field);
    for (const again of others.map((row) => row.field(field))) {
      if (!isEqual(again.quantity(), total.quantity())) {
        throw again.refusal(`${again.source()} contradicts ${total.source()} at ${total.path}`);
      }
    }
  }
  return [pool(first, 'USD', CROSS_FIELDS, CROSS_TERMS)];
}

function pool(
  row: ResponseNode,
  currency: string,
  fields: typeof POOL_FIELDS,
  terms: readonly string[],
): ReportedMargin {
  const equity = row.field(fields.equity).quantity();
  const required = requirements(
    row.field(fields.initialMargin),
    row.field(fields.maintenanceMargin),
  );
  return {
    currency,
    equity,
    ...required,
    marginRatio: ratioOf(equity, required.maintenanceMargin),
    venueTerms: venueTerms(row, terms),
  };
}

function isCrossed(row: ResponseNode): boolean {
  const flag = row.field('cross_collateral_enabled');
  return !flag.isBlank && flag.flag();
}

const isNothing = (amount: ReportedMargin['initialMargin']) =>
  amount === null || isEqual(amount, NONE);
