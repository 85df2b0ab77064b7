/**
 * dydx-v4: bankruptcy prices and margin requirements in whole quantums, exact to the last one.
 *
 * Numbers beyond 2⁵³ stand in the file, so it is read without floats.
 */

import { z } from 'zod';
import { quantumBankruptcyPrice } from '../../subgraphs/margin/domain/perpetual/quantum/quantumBankruptcyPrice.js';
import type {
  NoLiquidationPriceReason,
  QuantumPosition,
} from '../../subgraphs/margin/domain/perpetual/quantum/quantumAccount.js';
import type {
  LiquidityTier,
  QuantumMarket,
} from '../../subgraphs/margin/domain/perpetual/quantum/quantumMarket.js';
import { quantumRequirement } from '../../subgraphs/margin/domain/perpetual/quantum/quantumRequirement.js';
import {
  JsonNumber,
  parseExactJson,
  type ExactJson,
} from '../../subgraphs/venues/kit/exactJson.js';
import { casesOfFiles } from './caseFiles.js';
import { exact } from './compare.js';
import type { VectorCase, VectorSet } from './vectorSet.js';

export const dydxV4: VectorSet = {
  name: 'dydx-v4',
  cases: (directory) => casesOfFiles(directory, '.json', readCases),
};

/** A number of the file, as its own digits. */
const digits = z
  .union([z.instanceof(JsonNumber).transform(({ source }) => source), z.string()])
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'a number without an exponent'));

const integer = digits
  .pipe(z.string().regex(/^-?\d+$/, 'a whole number'))
  .transform((text) => BigInt(text));

const count = digits.transform(Number);

const bankruptcyCase = z.object({
  name: z.string(),
  perpetualId: count,
  quoteBalanceUsd: digits,
  positions: z.array(z.object({ perpetualId: count, quantums: integer })),
  perpetuals: z.array(z.string()),
  deltaQuantums: integer,
  expectedBankruptcyPriceQuoteQuantums: integer.nullable(),
  expectedError: z.string().nullable(),
});

const requirementCase = z.object({
  name: z.string(),
  price: integer,
  exponent: count,
  baseAtomicResolution: count,
  baseQuantums: integer,
  initialMarginPpm: integer,
  maintenanceFractionPpm: integer,
  openInterest: integer.nullish(),
  oiLowerCap: integer.nullish(),
  oiUpperCap: integer.nullish(),
  expectedIMR: integer,
  expectedMMR: integer,
});

const contents = z.object({
  fixtures: z
    .object({ prices: z.record(z.string(), z.string()), marginTier: z.string() })
    .optional(),
  tests: z
    .strictObject({
      bankruptcyPrice: z.array(bankruptcyCase).default([]),
      marginRequirement: z.array(requirementCase).default([]),
    })
    .refine((lists) => Object.values(lists).some(({ length }) => length > 0), {
      error: 'holds no case',
    }),
});

type Fixtures = NonNullable<z.infer<typeof contents>['fixtures']>;
type BankruptcyCase = z.infer<typeof bankruptcyCase>;
type RequirementCase = z.infer<typeof requirementCase>;

function readCases(text: string): readonly VectorCase[] {
  const { fixtures, tests } = contents.parse(plain(parseExactJson(text)));
  return [
    ...tests.bankruptcyPrice.map((one, at) => bankruptcyVector(one, at, fixtures)),
    ...tests.marginRequirement.map(requirementVector),
  ];
}

function plain(json: ExactJson): unknown {
  if (json instanceof Map) {
    return Object.fromEntries([...json].map(([key, value]) => [key, plain(value as ExactJson)]));
  }
  return Array.isArray(json) ? json.map((item) => plain(item as ExactJson)) : json;
}

/** How the venue names what we name. */
const VENUE_ERRORS: Readonly<Record<NoLiquidationPriceReason, string>> = {
  SIZE_DELTA_INVALID: 'ErrInvalidPerpetualPositionSizeDelta',
  NO_REQUIREMENT: 'division by zero',
};

function bankruptcyVector(
  one: BankruptcyCase,
  at: number,
  fixtures: Fixtures | undefined,
): VectorCase {
  return {
    id: `bankruptcyPrice ${at + 1}: ${one.name}`,
    check() {
      if (!fixtures) throw new Error('a bankruptcy price needs the prices of «fixtures»');
      const positions = one.positions.map(({ perpetualId, quantums }): QuantumPosition => ({
        perpetualId,
        quantums,
        market: fixtureMarket(fixtures, one.perpetuals, perpetualId),
      }));
      const { perpetualId, deltaQuantums } = one;
      const account = { quoteBalance: quoteQuantums(one.quoteBalanceUsd), positions };
      const outcome = quantumBankruptcyPrice(account, { perpetualId, deltaQuantums });
      const isPrice = outcome.kind === 'price';
      return [
        exact('error', one.expectedError, isPrice ? null : VENUE_ERRORS[outcome.reason]),
        exact(
          'bankruptcy price',
          one.expectedBankruptcyPriceQuoteQuantums,
          isPrice ? outcome.quoteQuantums : null,
        ),
      ];
    },
  };
}

const requirementVector = (one: RequirementCase, at: number): VectorCase => ({
  id: `marginRequirement ${at + 1}: ${one.name}`,
  check() {
    const lower = one.oiLowerCap ?? null;
    const upper = one.oiUpperCap ?? null;
    const { initial, maintenance } = quantumRequirement(
      {
        price: one.price,
        priceExponent: one.exponent,
        baseResolution: one.baseAtomicResolution,
        openInterest: one.openInterest ?? null,
        tier: {
          initialMarginPpm: one.initialMarginPpm,
          maintenanceFractionPpm: one.maintenanceFractionPpm,
          openInterestCaps: upper === null ? null : { lower: lower ?? 0n, upper },
        },
      },
      one.baseQuantums,
    );
    return [exact('IMR', one.expectedIMR, initial), exact('MMR', one.expectedMMR, maintenance)];
  },
});

/** «0 BTC-USD»: «$50,000, base atomic resolution -8», with the tier that the perpetual's name says. */
function fixtureMarket(
  { prices, marginTier }: Fixtures,
  perpetuals: readonly string[],
  perpetualId: number,
): QuantumMarket {
  const [key, terms] =
    Object.entries(prices).find(([name]) => name.startsWith(`${perpetualId} `)) ?? [];
  const parts = /^\$([\d,]+(?:\.\d+)?), base atomic resolution (-?\d+)$/.exec(terms ?? '');
  if (!key || !parts)
    throw new Error(`no price of perpetual ${perpetualId}: ${terms ?? 'missing'}`);
  const [whole = '', fraction = ''] = (parts[1] ?? '').replaceAll(',', '').split('.');
  const symbol = /^\d+ (\w+)-/.exec(key)?.[1]?.toLowerCase() ?? '';
  const named = perpetuals.find((name) => name.toLowerCase().startsWith(`${symbol}usd`));
  return {
    price: BigInt(whole + fraction),
    priceExponent: -fraction.length,
    baseResolution: Number(parts[2]),
    openInterest: null,
    tier: (named === undefined ? null : tierOf(named, NAMED_TIER)) ?? requireTier(marginTier),
  };
}

const NAMED_TIER = /_(\d+)PercentInitial_(\d+)PercentMaintenance/;
const STATED_TIER = /^([\d.]+)% initial \/ ([\d.]+)% maintenance$/;

function requireTier(stated: string): LiquidityTier {
  const tier = tierOf(stated, STATED_TIER);
  if (!tier) throw new Error(`not a margin tier: ${stated}`);
  return tier;
}

function tierOf(text: string, form: RegExp): LiquidityTier | null {
  const parts = form.exec(text);
  if (!parts) return null;
  const initial = Math.round(Number(parts[1]) * 10_000);
  const maintenance = Math.round(Number(parts[2]) * 10_000);
  return {
    initialMarginPpm: BigInt(initial),
    maintenanceFractionPpm: BigInt(Math.round((maintenance / initial) * 1_000_000)),
    openInterestCaps: null,
  };
}

/** USD with a fraction of at most six digits. */
function quoteQuantums(usd: string): bigint {
  const [whole = '', fraction = ''] = usd.split('.');
  if (fraction.length > 6) throw new Error(`not whole quote quantums: ${usd}`);
  return BigInt(whole + fraction.padEnd(6, '0'));
}
