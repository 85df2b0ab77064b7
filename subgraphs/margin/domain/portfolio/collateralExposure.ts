/**
 * A balance as the float64 models take it. What equity does not count can neither be lost nor hedge:
 * the registry's haircut is cut off the quantity, and the model's own haircut falls on the rest only
 * so far as it is the larger of the two.
 */

import { isNegative, toFloat } from '../../../shared/units.js';
import type { Balance } from '../account/accountBook.js';
import { assetFeed } from '../account/assetFeed.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { CollateralValue } from '../marginModel.js';
import type { CollateralRisk, Feed, RiskLine } from '../risk/riskBook.js';
import type { CollateralRules, CollateralTerms } from '../scenario/collateralRules.js';
import type { Exposure } from './exposure.js';

/**
 * Null for a balance that carries no risk: one that does not count, or dollars, unless the rules have
 * terms for them.
 */
export function collateralExposure(
  balance: Balance,
  value: CollateralValue,
  line: RiskLine,
  rules: CollateralRules,
  market: MarketSnapshot,
): Exposure | null {
  const { asset } = balance;
  const price = assetFeed(market, asset);
  const quantity = quantityAtRisk(balance, value);
  const listed = rules.byAsset.get(asset);
  const isPlainUsd = asset === 'USD' && listed === undefined;
  if (price === null || quantity === 0 || isPlainUsd) return null;
  const rule = listed ?? rules.others;
  const risk = isNegative(balance.quantity)
    ? debtRisk(asset, quantity, price, listed)
    : heldRisk(asset, quantity, price, rule, toFloat(value.haircut));
  const underlying = rule.isRiskCancellingOf ?? asset;
  return { kind: 'COLLATERAL', line, underlying, risk };
}

type Unplaced = Omit<CollateralRisk, 'line'>;

/** Owed on top of its worth: the haircut where the rules list the asset, its own moves elsewhere. */
const debtRisk = (
  asset: string,
  quantity: number,
  price: Feed,
  listed: CollateralTerms | undefined,
): Unplaced => ({
  asset,
  quantity,
  price,
  isRiskCancelling: listed === undefined || listed.isRiskCancellingOf !== null,
  maintenanceHaircut: listed?.maintenanceHaircut ?? 0,
  initialHaircut: listed?.initialHaircut ?? 0,
});

function heldRisk(
  asset: string,
  quantity: number,
  price: Feed,
  rule: CollateralTerms,
  registered: number,
): Unplaced {
  const further = (haircut: number) => Math.max(0, (haircut - registered) / (1 - registered));
  const maintenanceHaircut = Math.min(1, further(rule.maintenanceHaircut));
  const whole = Math.min(1, further(rule.maintenanceHaircut + rule.initialHaircut));
  return {
    asset,
    quantity,
    price,
    isRiskCancelling: rule.isRiskCancellingOf !== null,
    maintenanceHaircut,
    initialHaircut: Math.max(0, whole - maintenanceHaircut),
  };
}

/** What is owed in full; of what is held the part that the registry's haircut leaves. */
function quantityAtRisk(balance: Balance, { price, haircut }: CollateralValue): number {
  const quantity = toFloat(balance.quantity);
  if (quantity < 0) return quantity;
  if (price === null || !balance.isSettled || !balance.isCollateral) return 0;
  return quantity * Math.max(0, 1 - toFloat(haircut));
}
