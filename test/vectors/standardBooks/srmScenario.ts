/** A scenario of Derive's standard manager: everything of one account and its feeds, scaled by 1e18. */

import { z } from 'zod';
import type { ExactRequirement } from '../../../subgraphs/margin/domain/standard/exactRequirement.js';
import { spreadMargin } from '../../../subgraphs/margin/domain/standard/spreadMargin.js';
import type {
  StandardBook,
  StandardOption,
} from '../../../subgraphs/margin/domain/standard/standardPosition.js';
import { standardRequirement } from '../../../subgraphs/margin/domain/standard/standardRequirement.js';
import type { RequirementPart } from '../../../subgraphs/margin/domain/marginModel.js';
import { black76 } from '../../../subgraphs/shared/pricing/black76.js';
import { sum, toFloat } from '../../../subgraphs/shared/units.js';
import { relative } from '../compare.js';
import type { Comparison, VectorCase } from '../vectorSet.js';
import { balanceOf, futureOf, optionOf } from './standardBooks.js';
import { rulesOf, type SrmFixtures } from './srmParameters.js';

const SCALE = 1e18;
const YEAR_SECONDS = 365 * 86_400;
/** Of base assets in this file; see the set's PROVENANCE. */
const BASE_FACTOR = 0.1;
const LIMIT = 1e-12;

const scaled = z.number().transform((value) => value / SCALE);
const scaledOrNull = scaled.nullable().default(null);

const scenario = z.object({
  OptionUnderlying: z.array(z.string()),
  OptionExpiries: z.array(z.number()),
  // The manager keeps strikes to 8 decimals.
  OptionStrikes: z.array(z.number().transform((value) => Math.trunc(value / 1e10) / 1e8)),
  OptionIsCall: z.array(z.number()),
  OptionAmounts: z.array(scaled),
  OptionVols: z.array(scaled),
  OptionVolConfidences: z.array(scaled).default([]),
  Cash: scaled.default(0),
  Perps_ETH: scaled.default(0),
  Perps_BTC: scaled.default(0),
  wETH: scaled.default(0),
  wBTC: scaled.default(0),
  LastEntryETH: scaledOrNull,
  LastEntryBTC: scaledOrNull,
  ETHGlobalFundingIndex: scaledOrNull,
  BTCGlobalFundingIndex: scaledOrNull,
  AccountETHFundingIndex: scaledOrNull,
  AccountBTCFundingIndex: scaledOrNull,
  ETHSpotPrice: scaled,
  BTCSpotPrice: scaled,
  SpotPerpConfidences: z.array(z.tuple([scaled, scaled])).default([]),
  FeedExpiries: z.array(z.number()),
  Forwards: z.array(scaled),
  ForwardConfidences: z.array(scaled).default([]),
  USDCValue: scaled.default(1),
  PerpPrice: z.tuple([scaled, scaled]),
});

type Scenario = z.infer<typeof scenario>;

const shape = z.object({ Scenario: scenario, Result: z.record(z.string(), scaled) });

/** Whether a case of a file has this form. */
export const isScenario = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'Scenario' in json;

export function srmScenario(id: string, json: unknown, fixtures: SrmFixtures): VectorCase {
  return {
    id,
    check() {
      const { Scenario: given, Result: expected } = shape.parse(json);
      return comparisons(expected, computed(given, fixtures));
    },
  };
}

function comparisons(
  expected: Readonly<Record<string, number>>,
  actual: ReadonlyMap<string, readonly number[]>,
): readonly Comparison[] {
  return Object.entries(expected).map(([what, value]) => {
    const readings = actual.get(what);
    if (readings === undefined) throw new RangeError(`no such result: ${what}`);
    const [first, ...others] = readings.map((one) => relative(what, value, one, LIMIT));
    if (first === undefined) throw new RangeError(`not computed: ${what}`);
    return others.reduce((best, one) => (one.error < best.error ? one : best), first);
  });
}

/** By the name of the result; several where the set does not say which of them it means. */
function computed(given: Scenario, fixtures: SrmFixtures): ReadonlyMap<string, readonly number[]> {
  const rules = rulesOf(fixtures);
  const book = bookOf(given);
  const margin = spreadMargin(book, rules);
  const initial = standardRequirement(book, rules, 'initialMargin');
  const maintenance = standardRequirement(book, rules, 'maintenanceMargin');
  const im = toFloat(margin.initialMargin);
  const mm = toFloat(margin.maintenanceMargin);
  const options = ['ETH', 'BTC'].flatMap((ticker) =>
    [['IM', initial] as const, ['MM', maintenance] as const].flatMap(
      ([kind, requirement]): [string, number[]][] => {
        const of = underlyingPart(requirement, ticker);
        return [
          [`${ticker}Option${kind}`, [-total(of, 'EXPIRY')]],
          [`${ticker}OptionIsolated${kind}`, [-total(of, 'ISOLATED')]],
          [`${ticker}OptionBounded${kind}`, [-total(of, 'MAX_LOSS')]],
        ];
      },
    ),
  );
  return new Map([
    ['realIM', [im]],
    ['HandIM', [im]],
    ['realMM', [mm]],
    ['HandMM', [mm]],
    ...options,
    ['PortfolioMtM', [markToMarket(given, book)]],
    ['UnrealizedPNL', [pnlOf(book)]],
    ['UnsettledFunding', [fundingOf(given)]],
    ['PerpMargin', [-total(initial.part, 'FUTURE'), -total(maintenance.part, 'FUTURE')]],
    ['OracleConts', bothSigns(total(initial.part, 'CONFIDENCE'))],
    ['DepegIMs', bothSigns(total(initial.part, 'DEPEG'))],
    ['BaseMargin', [creditedBases(book)]],
    ['Cash', [given.Cash]],
  ]);
}

const bothSigns = (value: number): readonly number[] => [-value, value];

const underlyingPart = ({ part }: ExactRequirement, ticker: string): RequirementPart | null =>
  part.parts.find(({ code, of }) => code === 'UNDERLYING' && of === ticker) ?? null;

/** Of the topmost parts of that code. */
function total(part: RequirementPart | null, code: string): number {
  if (part === null) return 0;
  if (part.code === code) return toFloat(part.amount);
  return part.parts.reduce((added, one) => added + total(one, code), 0);
}

const TICKERS = ['ETH', 'BTC'] as const;

type Ticker = (typeof TICKERS)[number];

const isTicker = (text: string): text is Ticker => TICKERS.some((ticker) => ticker === text);

function bookOf(given: Scenario): StandardBook {
  const options = given.OptionStrikes.map((_, i) => optionAt(i, given));
  const stable = given.USDCValue;
  const futures = TICKERS.flatMap((underlying, i) => {
    const { units, entry } = perpetualOf(given, underlying);
    if (units === 0) return [];
    const [spotConfidence, perpConfidence] = given.SpotPerpConfidences[i] ?? [1, 1];
    const confidence = Math.min(spotConfidence, perpConfidence);
    const mark = given.PerpPrice[i] ?? NaN;
    const spot = spotOf(given, underlying);
    return [futureOf({ underlying, units, entry, mark, spot, confidence, stable })];
  });
  const bases = TICKERS.map((underlying, i) => {
    const units = underlying === 'ETH' ? given.wETH : given.wBTC;
    const [confidence] = given.SpotPerpConfidences[i] ?? [1];
    return balanceOf(`w${underlying}`, units, spotOf(given, underlying), BASE_FACTOR, confidence);
  });
  const cash = balanceOf(CASH, given.Cash + fundingOf(given), 1, 1, 1);
  return { positions: [...options, ...futures], balances: [...bases, cash] };
}

const CASH = 'USDC';

function optionAt(i: number, given: Scenario): StandardOption {
  const underlying = at(given.OptionUnderlying, i);
  if (!isTicker(underlying)) throw new RangeError(`OptionUnderlying: ${underlying}`);
  const expirySeconds = at(given.OptionExpiries, i);
  const strike = at(given.OptionStrikes, i);
  const type = at(given.OptionIsCall, i) === 1 ? 'call' : 'put';
  const place = forwardPlace(given, i, expirySeconds);
  const forward = at(given.Forwards, place);
  const mark = black76({
    type: type === 'call' ? 'CALL' : 'PUT',
    forward,
    strike,
    volatility: at(given.OptionVols, i),
    years: expirySeconds / YEAR_SECONDS,
    discount: 1,
  });
  // The manager takes the least certain volatility of an expiry for all options of it.
  const together = given.OptionVolConfidences.filter(
    (_, other) =>
      given.OptionExpiries[other] === expirySeconds && given.OptionUnderlying[other] === underlying,
  );
  const [spotConfidence] = given.SpotPerpConfidences[TICKERS.indexOf(underlying)] ?? [1];
  return optionOf({
    underlying,
    type,
    strike,
    units: at(given.OptionAmounts, i),
    mark,
    spot: spotOf(given, underlying),
    expirySeconds,
    forward,
    confidence: Math.min(spotConfidence, given.ForwardConfidences[place] ?? 1, ...together),
    stable: given.USDCValue,
  });
}

/** Forwards are listed one for each option, or one for each expiry. */
function forwardPlace({ FeedExpiries }: Scenario, option: number, expirySeconds: number): number {
  return FeedExpiries[option] === expirySeconds ? option : FeedExpiries.indexOf(expirySeconds);
}

function at<Value>(values: readonly Value[], i: number): Value {
  const value = values[i];
  if (value === undefined) throw new RangeError(`a list of the scenario ends before ${String(i)}`);
  return value;
}

const spotOf = (given: Scenario, ticker: Ticker) =>
  ticker === 'ETH' ? given.ETHSpotPrice : given.BTCSpotPrice;

const perpetualOf = (given: Scenario, ticker: Ticker) =>
  ticker === 'ETH'
    ? { units: given.Perps_ETH, entry: given.LastEntryETH }
    : { units: given.Perps_BTC, entry: given.LastEntryBTC };

/** Longs pay what the index of funding has grown by; nothing without a position's own index. */
function fundingOf(given: Scenario): number {
  const owed = (units: number, now: number | null, then: number | null) =>
    now === null || then === null ? 0 : units * (now - then);
  return -(
    owed(given.Perps_ETH, given.ETHGlobalFundingIndex, given.AccountETHFundingIndex) +
    owed(given.Perps_BTC, given.BTCGlobalFundingIndex, given.AccountBTCFundingIndex)
  );
}

const pnlOf = ({ positions }: StandardBook): number =>
  toFloat(sum(positions.flatMap((one) => (one.kind === 'FUTURE' ? one.unrealizedPnl : []))));

const creditedBases = ({ balances }: StandardBook): number =>
  toFloat(
    sum(balances.flatMap(({ line, creditedValue }) => (line.id === CASH ? [] : creditedValue))),
  );

/** The value of base assets is counted in the stablecoin. */
function markToMarket(given: Scenario, book: StandardBook): number {
  const options = book.positions.map((one) =>
    one.kind === 'OPTION' ? toFloat(one.units) * toFloat(one.markPrice) : 0,
  );
  const bases = book.balances.map(({ line, marketValue }) =>
    line.id === CASH ? toFloat(marketValue) : toFloat(marketValue) / given.USDCValue,
  );
  return [...options, ...bases, pnlOf(book)].reduce((added, value) => added + value, 0);
}
