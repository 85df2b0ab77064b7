/**
 * derive-liquidation: bids in auctions of accounts, to 1e-12, given what the account is worth and
 * requires before each bid.
 */

import { z } from 'zod';
import {
  accountAfterBid,
  auctionFee,
  bidAt,
  bufferExcess,
  fractionForSale,
  type AuctionedAccount,
} from '../../subgraphs/margin/domain/liquidation/accountAuction.js';
import {
  bidShareAt,
  type AuctionRules,
} from '../../subgraphs/margin/domain/liquidation/auctionRules.js';
import { insolventPayment } from '../../subgraphs/margin/domain/liquidation/insolventAuction.js';
import { casesOfFiles } from './caseFiles.js';
import { relative } from './compare.js';
import type { Comparison, VectorCase, VectorSet } from './vectorSet.js';

const TOLERANCE = 1e-12;

/** The set's PROVENANCE gives them once for all its auctions; an insolvent one lasts as long as the fast phase. */
const RULES: AuctionRules = {
  bufferScale: 0.2,
  startShare: 0.98,
  cutOffShare: 0.8,
  fastSeconds: 100,
  slowSeconds: 14_400,
  insolventSeconds: 100,
  feeShare: 0.02,
};

export const deriveLiquidation: VectorSet = {
  name: 'derive-liquidation',
  cases: (directory) => casesOfFiles(directory, '.json', readCases),
};

/** Written as an integer times 10¹⁸. */
const scaled = z.number().transform((value) => value / 1e18);

const action = z.object({
  Time: z.number(),
  PortfolioAndFeeds: z.object({ Cash: scaled }),
  Liquidator: z.object({ PercentWant: scaled }),
  Results: z.object({
    PreMtM: scaled,
    PreMM: scaled,
    PreBM: scaled,
    PreFMax: scaled.optional(),
    ExpectedBidPrice: scaled,
    FinalPercentageReceived: scaled.optional(),
    fLiquidatedOfOriginal: scaled.optional(),
    PostMtM: scaled,
    PostMM: scaled,
    PostBM: scaled,
    PostFMax: scaled.optional(),
    SMPayout: scaled.optional(),
  }),
});

const auction = z.object({
  StartTime: z.number(),
  InitialPortfolio: z.object({ Cash: scaled }),
  LiquidationFee: z.number(),
  Actions: z.array(action).min(1),
});

const contents = z
  .record(z.string(), auction)
  .refine((all) => Object.keys(all).length > 0, { error: 'holds no auction' });

type Auction = z.infer<typeof auction>;
type Action = z.infer<typeof action>;

/** What earlier bids left behind. */
interface Earlier {
  readonly reservedCash: number;
  /** Share of the original account that is gone. */
  readonly sold: number;
}

const readCases = (text: string): readonly VectorCase[] =>
  Object.entries(contents.parse(JSON.parse(text))).map(([id, one]) => ({
    id,
    check: () => auctionComparisons(one),
  }));

function auctionComparisons(of: Auction): readonly Comparison[] {
  let earlier: Earlier = { reservedCash: 0, sold: 0 };
  const comparisons = [...feeComparisons(of)];
  of.Actions.forEach((one, index) => {
    const seconds = one.Time - of.StartTime;
    const { results, next } = isInsolvent(one)
      ? insolventBid(one, seconds, earlier)
      : solventBid(one, seconds, earlier);
    earlier = next;
    const name = (comparison: Comparison) => `bid ${index + 1}: ${comparison.what}`;
    comparisons.push(...results.map((result) => ({ ...result, what: name(result) })));
  });
  return comparisons;
}

/** The fee is taken before the first bid: only a bid at the start still shows what it was taken from. */
function feeComparisons({ StartTime, InitialPortfolio, LiquidationFee, Actions }: Auction) {
  const [first] = Actions;
  if (first?.Time !== StartTime || isInsolvent(first)) return [];
  const paid = InitialPortfolio.Cash - first.PortfolioAndFeeds.Cash;
  const opening = {
    markValue: first.Results.PreMtM + paid,
    maintenanceExcess: first.Results.PreMM + paid,
    reservedCash: 0,
  };
  return [compared('fee', LiquidationFee, auctionFee(opening, RULES))];
}

function solventBid(one: Action, seconds: number, earlier: Earlier) {
  const { Results: expected } = one;
  const account = accountOf(one, earlier);
  // What is wanted is a share of the original account.
  const wanted = Math.min(1, one.Liquidator.PercentWant / (1 - earlier.sold));
  const { fraction, price } = bidAt(account, RULES, { seconds, wanted });
  const after = accountAfterBid(account, fraction, price);
  const share = bidShareAt(RULES, seconds);
  const ofOriginal = fraction * (1 - earlier.sold);
  return {
    results: [
      compared('PreBM', expected.PreBM, bufferExcess(account, RULES)),
      ...ifGiven('PreFMax', expected.PreFMax, fractionForSale(account, RULES, share)),
      compared('bid price', expected.ExpectedBidPrice, price),
      ...fractionComparisons(expected, fraction, ofOriginal),
      compared('PostMtM', expected.PostMtM, after.markValue),
      compared('PostMM', expected.PostMM, after.maintenanceExcess),
      compared('PostBM', expected.PostBM, bufferExcess(after, RULES)),
      ...ifGiven('PostFMax', expected.PostFMax, fractionForSale(after, RULES, share)),
    ],
    next: { reservedCash: after.reservedCash, sold: earlier.sold + ofOriginal },
  };
}

function insolventBid(one: Action, seconds: number, earlier: Earlier) {
  const { Results: expected } = one;
  const account = accountOf(one, earlier);
  const fraction = Math.min(1, one.Liquidator.PercentWant / (1 - earlier.sold));
  const paid = insolventPayment(account, RULES, { seconds, fraction });
  const after = accountAfterBid(account, fraction, 0);
  return {
    results: [
      compared('PreBM', expected.PreBM, bufferExcess(account, RULES)),
      compared('bid price', expected.ExpectedBidPrice, -paid),
      compared('PostMtM', expected.PostMtM, after.markValue),
      compared('PostMM', expected.PostMM, after.maintenanceExcess),
    ],
    next: { ...earlier, sold: earlier.sold + fraction * (1 - earlier.sold) },
  };
}

/**
 * Two fractions are published, of the account as it stands and of the original one. Their names are
 * swapped in some files, but never their order: a share of what is left is the larger number.
 */
function fractionComparisons(
  { FinalPercentageReceived: a, fLiquidatedOfOriginal: b }: Action['Results'],
  fraction: number,
  ofOriginal: number,
): readonly Comparison[] {
  const given = [a, b].filter((value) => value !== undefined);
  if (given.length < 2) return [];
  return [
    compared('fraction', Math.max(...given), fraction),
    compared('fraction of the original', Math.min(...given), ofOriginal),
  ];
}

const accountOf = ({ Results }: Action, { reservedCash }: Earlier): AuctionedAccount => ({
  markValue: Results.PreMtM,
  maintenanceExcess: Results.PreMM,
  reservedCash,
});

const isInsolvent = ({ Results }: Action) =>
  Results.PreFMax === undefined || (Results.SMPayout ?? 0) !== 0;

const compared = (what: string, expected: number, actual: number) =>
  relative(what, expected, actual, TOLERANCE);

const ifGiven = (what: string, expected: number | undefined, actual: number) =>
  expected === undefined ? [] : [compared(what, expected, actual)];
