/**
 * Reducing every position of an account by the same share, the least one in steps that brings the
 * maintenance requirement below a target share of what is left (Paradex class). Float64 USD.
 *
 * Source: docs.paradex.trade, «Liquidations»; its prose and its table differ in the fee, which is
 * therefore a parameter.
 */

import {
  requireAboveZero,
  requireAtLeastZero,
  requireBetween,
  requireFinite,
} from './invalidInput.js';

export interface ShareLiquidationRules {
  /** Shares that are tried are its multiples; the last is the whole. */
  readonly step: number;
  /** Penalty, as a share of the maintenance requirement of what is closed. */
  readonly feeShare: number;
  /** Requirement ÷ account value below which the liquidation stops; 0.9 is 90 %. */
  readonly targetRatio: number;
}

export interface ShareLiquidationAccount {
  /** Without unrealized profit. */
  readonly cash: number;
  readonly unrealizedPnl: number;
  readonly maintenanceMargin: number;
}

/** What the account is after a share of every position is closed at its mark price. */
export interface LiquidatedShare {
  readonly share: number;
  readonly maintenanceMargin: number;
  readonly penalty: number;
  readonly accountValue: number;
  /** Cash, with the realized profit in it. */
  readonly cash: number;
  /** Requirement ÷ account value; null when the value is zero or below. */
  readonly ratio: number | null;
}

/** Every share that may be tried, rising. */
export function liquidatedShares(
  account: ShareLiquidationAccount,
  rules: ShareLiquidationRules,
): readonly LiquidatedShare[] {
  requireInput(account, rules);
  // 1 ÷ (1 ÷ 49) is a hair above 49 in float64, and no fiftieth step.
  const steps = Math.ceil(1 / rules.step - 1e-9);
  return Array.from({ length: steps }, (_, index) =>
    afterShare(account, rules, index + 1 === steps ? 1 : (index + 1) * rules.step),
  );
}

/** The least share that reaches the target; the whole when none does. */
export function chosenShare(
  account: ShareLiquidationAccount,
  rules: ShareLiquidationRules,
): LiquidatedShare {
  const reaches = ({ ratio }: LiquidatedShare) => ratio !== null && ratio < rules.targetRatio;
  return liquidatedShares(account, rules).find(reaches) ?? afterShare(account, rules, 1);
}

function afterShare(
  { cash, unrealizedPnl, maintenanceMargin }: ShareLiquidationAccount,
  { feeShare }: ShareLiquidationRules,
  share: number,
): LiquidatedShare {
  const rest = maintenanceMargin * (1 - share);
  const penalty = share * feeShare * maintenanceMargin;
  const accountValue = cash + unrealizedPnl - penalty;
  return {
    share,
    maintenanceMargin: rest,
    penalty,
    accountValue,
    cash: cash + share * unrealizedPnl - penalty,
    ratio: accountValue > 0 ? rest / accountValue : null,
  };
}

/** More steps than anybody would try are a mistake. */
const LEAST_STEP = 1e-4;

function requireInput(account: ShareLiquidationAccount, rules: ShareLiquidationRules): void {
  requireFinite('cash', account.cash);
  requireFinite('unrealizedPnl', account.unrealizedPnl);
  requireAtLeastZero('maintenanceMargin', account.maintenanceMargin);
  requireBetween('step', rules.step, LEAST_STEP, 1);
  requireAtLeastZero('feeShare', rules.feeShare);
  requireAboveZero('targetRatio', rules.targetRatio);
}
