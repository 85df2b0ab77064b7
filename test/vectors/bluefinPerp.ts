/**
 * bluefin-perp: trades, liquidations, refusals and every balance of isolated perpetuals, to the
 * decimals that its PROVENANCE gives: three, of balances six.
 */

import { z } from 'zod';
import {
  fixed,
  fixedText,
  type Fixed,
} from '../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import { isolatedDeleveraging } from '../../subgraphs/margin/domain/perpetual/isolated/isolatedDeleveraging.js';
import {
  accountOf,
  type IsolatedLedger,
  type LedgerChange,
  type LedgerRefusal,
  type RefusalReason,
} from '../../subgraphs/margin/domain/perpetual/isolated/isolatedLedger.js';
import { isolatedLiquidation } from '../../subgraphs/margin/domain/perpetual/isolated/isolatedLiquidation.js';
import {
  leverageAdjusted,
  marginAdded,
  marginRemoved,
} from '../../subgraphs/margin/domain/perpetual/isolated/isolatedMargin.js';
import type { IsolatedMarket } from '../../subgraphs/margin/domain/perpetual/isolated/isolatedMarket.js';
import {
  averageEntryPrice,
  FLAT,
  marginRatio,
} from '../../subgraphs/margin/domain/perpetual/isolated/isolatedPosition.js';
import { isolatedTrade } from '../../subgraphs/margin/domain/perpetual/isolated/isolatedTrade.js';
import { plainDecimal } from '../../subgraphs/venues/kit/plainDecimal.js';
import { casesOfFiles } from './caseFiles.js';
import { absolute, exact } from './compare.js';
import type { Comparison, VectorCase, VectorSet } from './vectorSet.js';

/** Half of the last published digit, and a hair for float64. */
const VALUE_TOLERANCE = 0.5e-3 + 1e-9;
const BALANCE_TOLERANCE = 0.5e-6 + 1e-9;

export const bluefinPerp: VectorSet = {
  name: 'bluefin-perp',
  cases: (directory) => casesOfFiles(directory, '.json', readCases),
};

/** A float of the file as the decimal that it was written as. */
const decimal = z.number().transform((value, context): Fixed => {
  const text = plainDecimal(String(value));
  if (text !== null) return fixed(text);
  context.addIssue(`not a number of 20 and 18 digits: ${value}`);
  return z.NEVER;
});

const expectedPosition = z.strictObject({
  mro: z.number(),
  oiOpen: z.number(),
  qPos: z.number(),
  margin: z.number(),
  marginRatio: z.number(),
  pPos: z.number(),
  bankBalance: z.number().optional(),
  pnl: z.number().optional(),
});

const step = z.strictObject({
  tradeType: z
    .enum(['normal', 'liquidation', 'liquidator_bob', 'liquidator_cat', 'cat_dog', 'deleveraging'])
    .default('normal'),
  pOracle: decimal,
  price: decimal.default(0n),
  size: decimal.default(0n),
  leverage: decimal.default(0n),
  isTaker: z.boolean().default(false),
  /** Funding is not in the published steps. */
  settlementAmount: z.literal(0).optional(),
  settlementAmtDueByMaker: z.literal(0).optional(),
  addMargin: decimal.optional(),
  removeMargin: decimal.optional(),
  adjustLeverage: decimal.optional(),
  expectMaker: expectedPosition.optional(),
  expectTaker: expectedPosition.optional(),
  expectLiquidator: expectedPosition.optional(),
  expectCat: expectedPosition.optional(),
  expectSystem: z
    .strictObject({
      fee: z.number().optional(),
      insurancePool: z.number().optional(),
      perpetual: z.number().optional(),
    })
    .optional(),
  expectError: z.number().optional(),
});

/** What a suite does not say is what the venue's own tests take; the price is then not rounded. */
const marketConfig = z.object({
  initialMarginRequired: decimal.default(fixed('0.1')),
  maintenanceMarginRequired: decimal.default(fixed('0.05')),
  makerFee: decimal.default(fixed('0.001')),
  takerFee: decimal.default(fixed('0.0045')),
  insurancePoolRatio: decimal.default(fixed('0.3')),
  tickSize: decimal.default(1n),
  mtbLong: decimal.optional(),
  mtbShort: decimal.optional(),
});

const suite = z.object({
  suite: z.string(),
  marketConfig,
  initialBalances: z
    .strictObject({ traders: decimal.optional(), liquidator: decimal.optional() })
    .nullish(),
  tests: z.record(z.string(), z.array(step).min(1)),
});

const contents = z.object({ suites: z.array(suite).min(1) });

type Step = z.infer<typeof step>;
type Suite = z.infer<typeof suite>;
type Outcome = LedgerChange | LedgerRefusal;

/** The parties of the venue's tests: maker, taker, two others and the liquidator. */
const [ALICE, BOB, CAT, DOG, LIQUIDATOR] = ['alice', 'bob', 'cat', 'dog', 'liquidator'] as const;

const readCases = (text: string): readonly VectorCase[] =>
  contents.parse(JSON.parse(text)).suites.flatMap((one) =>
    Object.entries(one.tests).map(([name, steps]) => ({
      id: `${one.suite}: ${name}`,
      check: () => scenarioComparisons(one, steps),
    })),
  );

function scenarioComparisons(of: Suite, steps: readonly Step[]): readonly Comparison[] {
  const market = marketOf(of);
  let ledger = openingLedger(of);
  return steps.flatMap((one, index) => {
    const outcome = performed(ledger, market, one);
    const code = outcome.kind === 'refused' ? errorCode(outcome, one) : null;
    if (outcome.kind === 'changed') ledger = outcome.ledger;
    const comparisons = [
      exact('error', one.expectError ?? null, code),
      ...(outcome.kind === 'changed' ? stateComparisons(outcome, one) : []),
    ];
    return comparisons.map((result) => ({ ...result, what: `step ${index + 1}: ${result.what}` }));
  });
}

function marketOf({ marketConfig: config }: Suite): IsolatedMarket {
  const { mtbLong, mtbShort } = config;
  return {
    initialMarginRate: config.initialMarginRequired,
    maintenanceMarginRate: config.maintenanceMarginRequired,
    makerFeeRate: config.makerFee,
    takerFeeRate: config.takerFee,
    insurancePoolShare: config.insurancePoolRatio,
    tickSize: config.tickSize,
    takeBounds:
      mtbLong === undefined || mtbShort === undefined ? null : { long: mtbLong, short: mtbShort },
  };
}

function openingLedger({ initialBalances }: Suite): IsolatedLedger {
  const traders = initialBalances?.traders ?? fixed('2000');
  const others = fixed('5000');
  const bankBalances: readonly (readonly [string, Fixed])[] = [
    [ALICE, traders],
    [BOB, traders],
    [CAT, others],
    [DOG, others],
    [LIQUIDATOR, initialBalances?.liquidator ?? others],
  ];
  return {
    accounts: new Map(
      bankBalances.map(([id, bankBalance]) => [id, { bankBalance, position: FLAT }]),
    ),
    marketBalance: 0n,
    feePool: 0n,
    insurancePool: 0n,
  };
}

function performed(ledger: IsolatedLedger, market: IsolatedMarket, one: Step): Outcome {
  const { pOracle: oraclePrice, leverage } = one;
  const size = one.size < 0n ? -one.size : one.size;
  const owner = { accountId: BOB, oraclePrice };
  if (one.tradeType === 'liquidation') {
    const parties = { liquidatedId: ALICE, liquidatorId: LIQUIDATOR };
    return isolatedLiquidation(ledger, market, { ...parties, size, leverage, oraclePrice });
  }
  if (one.tradeType === 'deleveraging') {
    const parties = { underwaterId: ALICE, counterpartyId: CAT };
    return isolatedDeleveraging(ledger, market, { ...parties, size, oraclePrice });
  }
  if (size !== 0n) return traded(ledger, market, one);
  if (one.addMargin !== undefined) return marginAdded(ledger, owner, one.addMargin);
  if (one.removeMargin !== undefined) return marginRemoved(ledger, market, owner, one.removeMargin);
  if (one.adjustLeverage !== undefined) {
    return leverageAdjusted(ledger, market, owner, one.adjustLeverage);
  }
  // The oracle price alone has moved.
  return { kind: 'changed', ledger, pnl: new Map() };
}

function traded(ledger: IsolatedLedger, market: IsolatedMarket, one: Step): Outcome {
  const { pOracle: oraclePrice, price, leverage } = one;
  const [makerId, takerId] = partiesOf(one);
  const trade = { makerId, takerId, makerSize: one.size, price, leverage, oraclePrice };
  if (one.tradeType !== 'liquidator_bob') return isolatedTrade(ledger, market, trade);
  // Here the venue's tests first bring the taker to the trade's leverage.
  const adjusted = leverageAdjusted(ledger, market, { accountId: BOB, oraclePrice }, leverage);
  return adjusted.kind === 'changed' ? isolatedTrade(adjusted.ledger, market, trade) : adjusted;
}

function partiesOf({ tradeType, isTaker }: Step): readonly [string, string] {
  if (tradeType === 'liquidator_bob') return [LIQUIDATOR, BOB];
  if (tradeType === 'liquidator_cat') return [LIQUIDATOR, CAT];
  if (tradeType === 'cat_dog') return [CAT, DOG];
  return isTaker ? [BOB, ALICE] : [ALICE, BOB];
}

function stateComparisons(change: LedgerChange, one: Step): readonly Comparison[] {
  const { ledger } = change;
  const system = one.expectSystem ?? {};
  return [
    ...positionComparisons('maker', change, ALICE, one, one.expectMaker),
    ...positionComparisons('taker', change, BOB, one, one.expectTaker),
    ...positionComparisons('liquidator', change, LIQUIDATOR, one, one.expectLiquidator),
    ...positionComparisons('cat', change, CAT, one, one.expectCat),
    ...balance('fees', system.fee, ledger.feePool),
    ...balance('insurance pool', system.insurancePool, ledger.insurancePool),
    ...balance('perpetual', system.perpetual, ledger.marketBalance),
  ];
}

function positionComparisons(
  party: string,
  { ledger, pnl }: LedgerChange,
  accountId: string,
  { pOracle }: Step,
  expected: Step['expectMaker'],
): readonly Comparison[] {
  if (expected === undefined) return [];
  const { bankBalance, position } = accountOf(ledger, accountId);
  const value = (what: string, number: number, actual: Fixed) =>
    absolute(`${party} ${what}`, number, toNumber(actual), VALUE_TOLERANCE);
  return [
    value('mro', expected.mro, position.marginShare),
    value('oiOpen', expected.oiOpen, position.entryNotional),
    value('qPos', expected.qPos, position.size),
    value('margin', expected.margin, position.margin),
    value('marginRatio', expected.marginRatio, marginRatio(position, pOracle)),
    value('pPos', expected.pPos, averageEntryPrice(position)),
    ...(expected.pnl === undefined ? [] : [value('pnl', expected.pnl, pnl.get(accountId) ?? 0n)]),
    ...balance(`${party} bankBalance`, expected.bankBalance, bankBalance),
  ];
}

const balance = (what: string, expected: number | undefined, actual: Fixed) =>
  expected === undefined ? [] : [absolute(what, expected, toNumber(actual), BALANCE_TOLERANCE)];

const toNumber = (value: Fixed) => Number(fixedText(value));

/** The venue's number for a refusal of the first side; the second side's is one more. */
const ERROR_CODES: Readonly<Record<RefusalReason, number>> = {
  PRICE_OUT_OF_BOUNDS: 22,
  LEVERAGE_DIFFERS: 40,
  LEVERAGE_BELOW_ONE: 42,
  LOSS_EXCEEDS_MARGIN: 46,
  CANNOT_OPEN_OR_FLIP: 400,
  RATIO_MUST_IMPROVE: 402,
  ONLY_REDUCE: 404,
  RATIO_BELOW_ZERO: 406,
  NO_POSITION: 510,
  BANK_BALANCE_TOO_LOW: 600,
  NOT_LIQUIDATABLE: 703,
  NOT_UNDERWATER: 800,
  UNDERWATER: 800,
  SAME_SIDE: 801,
  AMOUNT_NOT_POSITIVE: 500,
  MARGIN_NOT_REMOVABLE: 503,
};

function errorCode({ accountId, reason }: LedgerRefusal, one: Step): number {
  const isTrade = one.size !== 0n;
  if (!isTrade) return ownerCode(reason);
  if (reason === 'PRICE_OUT_OF_BOUNDS') return one.size < 0n ? 23 : 24;
  if (one.tradeType === 'liquidation' && reason === 'LEVERAGE_DIFFERS') return 702;
  const isFirst =
    one.tradeType === 'liquidation' || one.tradeType === 'deleveraging'
      ? accountId === ALICE
      : accountId === partiesOf(one)[0];
  return ERROR_CODES[reason] + (isFirst ? 0 : 1);
}

/** Of an owner who moves margin, and is neither side of a trade. */
function ownerCode(reason: RefusalReason): number {
  if (reason === 'BANK_BALANCE_TOO_LOW') return 603;
  if (reason === 'LEVERAGE_BELOW_ONE') return 504;
  return reason === 'NO_POSITION' ? 512 : ERROR_CODES[reason];
}
