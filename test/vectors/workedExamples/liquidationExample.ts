import { z } from 'zod';
import {
  chosenShare,
  liquidatedShares,
} from '../../../subgraphs/margin/domain/liquidation/shareLiquidation.js';
import { standardRequirement } from '../../../subgraphs/margin/domain/standard/standardRequirement.js';
import { amountOf } from '../../../subgraphs/margin/domain/standard/exactRequirement.js';
import { standardParametersInForce } from '../../../subgraphs/margin/parameters/standardParameters.js';
import { sum, toFloat } from '../../../subgraphs/shared/units.js';
import { exact } from '../compare.js';
import { futureOf, shareOf } from '../standardBooks/standardBooks.js';
import type { Comparison } from '../vectorSet.js';
import { printedNumbers, type WorkedExample } from './printed.js';

const inputs = z.object({
  collateral: z.number(),
  positions: z.array(
    z.object({ sym: z.string(), qty: z.number(), entry: z.number(), mark: z.number() }),
  ),
  mmf: z.number(),
  liq_fee: z.number(),
  step: z.number(),
  target_ratio: z.number(),
});

const row = z.strictObject({
  share: z.number(),
  mmr: z.number().optional(),
  penalty: z.number().optional(),
  value: z.number().optional(),
  ratio: z.number().optional(),
});

const expected = z.strictObject({
  upnl: z.number().optional(),
  account_value: z.number().optional(),
  mmr: z.number().optional(),
  rows: z.array(row).default([]),
  chosen_share: z.number().optional(),
  cash_after: z.number().optional(),
});

export const isLiquidationExample = ({ inputs: given }: WorkedExample): boolean =>
  'liq_fee' in given && 'mmf' in given;

export function liquidationExample(one: WorkedExample): readonly Comparison[] {
  const given = inputs.parse(one.inputs);
  const { rows, ...totals } = expected.parse(one.expected);
  const rules = {
    step: given.step,
    feeShare: given.liq_fee,
    targetRatio: given.target_ratio,
  };
  const account = accountOf(given);
  const chosen = chosenShare(account, rules);
  return [
    ...printedNumbers(totals, {
      upnl: account.unrealizedPnl,
      account_value: account.cash + account.unrealizedPnl,
      mmr: account.maintenanceMargin,
      chosen_share: chosen.share,
      cash_after: chosen.cash,
    }),
    ...rows.flatMap((printed) => rowComparisons(printed, liquidatedShares(account, rules))),
  ];
}

function accountOf({ collateral, positions, mmf }: z.infer<typeof inputs>) {
  const futures = positions.map(({ sym, qty, entry, mark }) =>
    futureOf({ underlying: sym, units: qty, entry, mark, spot: mark }),
  );
  const rate = {
    initial: shareOf(mmf),
    maintenance: shareOf(mmf),
    ladder: null,
    openInterest: null,
  };
  const rules = {
    ...standardParametersInForce().rules,
    futures: { byUnderlying: new Map(), others: rate },
  };
  const book = { positions: futures, balances: [] };
  return {
    cash: collateral,
    unrealizedPnl: toFloat(sum(futures.map(({ unrealizedPnl }) => unrealizedPnl))),
    maintenanceMargin: toFloat(amountOf(standardRequirement(book, rules, 'maintenanceMargin'))),
  };
}

function rowComparisons(
  printed: z.infer<typeof row>,
  shares: ReturnType<typeof liquidatedShares>,
): readonly Comparison[] {
  // A share is a multiple of the step in float64.
  const found = shares.find(({ share }) => Math.abs(share - printed.share) < 1e-9);
  if (found === undefined) return [exact(`row ${printed.share}`, true, false)];
  const { maintenanceMargin, penalty, accountValue, ratio, share } = found;
  const ours = {
    share,
    mmr: maintenanceMargin,
    penalty,
    value: accountValue,
    ratio: ratio ?? NaN,
  };
  return printedNumbers(printed, ours).map((one) => ({
    ...one,
    what: `row ${printed.share}: ${one.what}`,
  }));
}
