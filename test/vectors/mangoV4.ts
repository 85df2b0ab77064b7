/** mango-v4: health of accounts whose every token is collateral and debt, to 1e-9. */

import { z } from 'zod';
import type { PerpetualHolding } from '../../subgraphs/margin/domain/collateral/perpetualHealth.js';
import type { SpotOrders } from '../../subgraphs/margin/domain/collateral/spotOrderHealth.js';
import type {
  CollateralLimit,
  TokenTerms,
} from '../../subgraphs/margin/domain/collateral/tokenWeights.js';
import { weightedHealth } from '../../subgraphs/margin/domain/collateral/weightedHealth.js';
import { casesOfFiles } from './caseFiles.js';
import { absolute } from './compare.js';
import type { VectorCase, VectorSet } from './vectorSet.js';

const TOLERANCE = 1e-9;

export const mangoV4: VectorSet = {
  name: 'mango-v4',
  cases: (directory) => casesOfFiles(directory, '.json', readCases),
};

const tokenMarket = z.object({
  price: z.number(),
  init_asset_w: z.number(),
  init_liab_w: z.number(),
});

const perpetualMarket = z.object({
  price: z.number(),
  base_per_lot: z.number(),
  init_base_asset_w: z.number(),
  init_base_liab_w: z.number(),
  overall_init_asset_w: z.number(),
  settle_token: z.string(),
});

/** What the venue's bank of a token holds; a start of zero is no limit. */
const bank = z.strictObject({
  deposits: z.number().optional(),
  borrows: z.number().optional(),
  scale_start: z.number().optional(),
  deposit_scale_start: z.number().optional(),
  borrow_scale_start: z.number().optional(),
  deposit_weight_scale_start_quote: z.number().optional(),
  borrow_weight_scale_start_quote: z.number().optional(),
  /** Could come out of open orders: counts with the deposits. */
  potential_serum_tokens: z.number().optional(),
});

const banks = z.union([z.array(bank), z.record(z.string(), bank)]);

const healthCase = z.looseObject({
  id: z.union([z.number(), z.string()]),
  expected_init_health: z.number(),
  bank_settings: banks.optional(),
  weight_scaling: banks.optional(),
});

const contents = z.object({
  markets: z.record(z.string(), z.union([perpetualMarket, tokenMarket])),
  cases: z.array(healthCase).min(1),
});

type Contents = z.infer<typeof contents>;
type HealthCase = z.infer<typeof healthCase>;
type Bank = z.infer<typeof bank>;

const KNOWN = new Set(['id', 'desc', 'expected_init_health', 'bank_settings', 'weight_scaling']);

function readCases(text: string): readonly VectorCase[] {
  const { markets, cases } = contents.parse(JSON.parse(text));
  return cases.map((one) => ({
    id: String(one.id),
    check() {
      const account = {
        tokens: tokensOf(markets, one),
        perpetuals: perpetualsOf(markets, one),
        spotOrders: spotOrdersOf(one),
      };
      requireAllRead(markets, one);
      const health = weightedHealth(account);
      return [absolute('initial health', one.expected_init_health, health, TOLERANCE)];
    },
  }));
}

const tokensOf = (markets: Contents['markets'], one: HealthCase) =>
  Object.entries(markets)
    .flatMap(([token, terms]) => ('init_asset_w' in terms ? { token, terms } : []))
    .map(({ token, terms }, at) => ({
      token,
      balance: z.number().parse(one[token] ?? 0),
      terms: termsOf(terms, bankOf(one, token, at)),
    }));

/** Banks stand by token, or in the order of the tokens. */
function bankOf({ bank_settings, weight_scaling }: HealthCase, token: string, at: number): Bank {
  const all = bank_settings ?? weight_scaling ?? {};
  return (Array.isArray(all) ? all[at] : all[token]) ?? {};
}

function termsOf(market: z.infer<typeof tokenMarket>, terms: Bank): TokenTerms {
  const { deposits = 0, potential_serum_tokens = 0, borrows = 0, scale_start } = terms;
  return {
    price: market.price,
    assetWeight: market.init_asset_w,
    liabilityWeight: market.init_liab_w,
    depositLimit: limitOf(
      deposits + potential_serum_tokens,
      terms.deposit_weight_scale_start_quote ?? terms.deposit_scale_start ?? scale_start,
    ),
    borrowLimit: limitOf(
      borrows,
      terms.borrow_weight_scale_start_quote ?? terms.borrow_scale_start ?? scale_start,
    ),
  };
}

const limitOf = (total: number, scaleStart = 0): CollateralLimit | null =>
  scaleStart > 0 ? { total, scaleStart } : null;

const perpetualsOf = (markets: Contents['markets'], one: HealthCase): PerpetualHolding[] =>
  Object.entries(markets).flatMap(([name, terms]) => {
    if (!('base_per_lot' in terms) || one[name] === undefined) return [];
    const [baseLots, quote, bidLots, askLots] = z
      .tuple([z.number(), z.number(), z.number(), z.number()])
      .parse(one[name]);
    return {
      settleToken: terms.settle_token,
      baseLots,
      quote,
      bidLots,
      askLots,
      terms: {
        price: terms.price,
        baseUnitsPerLot: terms.base_per_lot,
        baseAssetWeight: terms.init_base_asset_w,
        baseLiabilityWeight: terms.init_base_liab_w,
        overallAssetWeight: terms.overall_init_asset_w,
      },
    };
  });

const SPOT_ORDERS = /^oo_(\d+)_(\d+)$/;

const spotOrdersOf = (one: HealthCase): SpotOrders[] =>
  Object.entries(one).flatMap(([name, value]) => {
    const parts = SPOT_ORDERS.exec(name);
    if (!parts) return [];
    const [quoteReserved, baseReserved] = z.tuple([z.number(), z.number()]).parse(value);
    return {
      quoteToken: `token${parts[1] ?? ''}`,
      baseToken: `token${parts[2] ?? ''}`,
      quoteReserved,
      baseReserved,
      highestBid: null,
      lowestAsk: null,
    };
  });

/** A field that nobody reads would be a case that is not checked. */
function requireAllRead(markets: Contents['markets'], one: HealthCase): void {
  const unread = Object.keys(one).filter(
    (name) => !KNOWN.has(name) && !(name in markets) && !SPOT_ORDERS.test(name),
  );
  if (unread.length > 0) throw new Error(`fields that are not read: ${unread.join(', ')}`);
}
