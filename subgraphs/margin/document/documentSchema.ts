/** The shape of a portfolio document, and what stands where it says nothing. */

import { z } from 'zod';
import {
  isLess,
  isNegative,
  isPositive,
  isZero,
  price,
  quantity,
  ratio,
  type Measure,
} from '../../shared/units.js';

/** A decimal as text; JSON numbers lose digits before anybody can read them. */
const decimal = <Unit extends string>(read: (text: string) => Measure<Unit>) =>
  z
    .string({ error: 'must be a decimal written as text, such as "0.5"' })
    .transform((text, context): Measure<Unit> => {
      try {
        return read(text);
      } catch {
        const message =
          'must be a plain decimal such as "-12.5", of up to 20 digits before the point and 18 after';
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
    });

const aboveZero = <Unit extends string>(read: (text: string) => Measure<Unit>) =>
  decimal(read).refine(isPositive, 'must be above zero');
const notNegative = <Unit extends string>(read: (text: string) => Measure<Unit>) =>
  decimal(read).refine((value) => !isNegative(value), 'must not be negative');
const notZero = decimal(quantity).refine((value) => !isZero(value), 'must not be zero');
const share = notNegative(ratio).refine(
  (value) => !isLess(ratio('1'), value),
  'must be at most "1"',
);
const certain = share.default(ratio('1'));
const instant = z.iso
  .datetime({ error: 'must be an instant in UTC such as "2026-12-25T08:00:00Z"' })
  .transform((text) => new Date(text));
const ticker = z
  .string()
  .regex(/^[A-Z0-9]{1,20}$/, 'must be a ticker of capitals and digits, such as BTC');
const venue = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a name of small letters, such as deribit')
  .default('venue');

const terms = {
  venue,
  /** Unique within the venue. Its place in the list where left out: position-0. */
  id: z
    .string()
    .regex(/^[^:\s]{1,100}$/, 'must have no space and no colon')
    .optional(),
  underlying: ticker,
  priceCurrency: ticker.default('USD'),
  /** The underlying for INVERSE, else the price currency, where left out. */
  settlementCurrency: ticker.optional(),
  multiplier: aboveZero(quantity).default(quantity('1')),
  size: notZero,
  /** How far the contract's feed is vouched for. */
  confidence: certain,
};

const futureTerms = {
  ...terms,
  expiry: instant.nullable().default(null),
  /** All contracts open at the venue, for rules that charge by it. */
  openInterest: notNegative(quantity).optional(),
  /** The mark where left out. */
  entryPrice: aboveZero(price).optional(),
  /** The forward of its expiry, or the index, where left out. */
  markPrice: aboveZero(price).optional(),
};

const position = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('LINEAR'), ...futureTerms }),
    z.strictObject({ type: z.literal('INVERSE'), ...futureTerms }),
    z.strictObject({
      type: z.literal('OPTION'),
      ...terms,
      expiry: instant,
      strike: aboveZero(price),
      optionType: z.enum(['CALL', 'PUT']),
      entryPrice: notNegative(price).optional(),
      /** What the volatility makes of it where left out; one of the two must be there. */
      markPrice: notNegative(price).optional(),
      volatility: notNegative(ratio)
        .refine((value) => !isLess(ratio('100'), value), 'must be at most "100", which is 10,000 %')
        .optional(),
    }),
  ],
  { error: 'must be LINEAR, INVERSE or OPTION' },
);

const balance = z.strictObject({
  venue,
  asset: ticker,
  /** Negative when borrowed. */
  quantity: notZero,
});

const market = z.strictObject({
  assets: z
    .array(
      z.strictObject({
        asset: ticker,
        price: aboveZero(price),
        confidence: certain,
        /** Share of its worth that does not count as collateral. */
        haircut: share.default(ratio('0')),
      }),
    )
    .default([]),
  forwards: z
    .array(
      z.strictObject({
        underlying: ticker,
        expiry: instant,
        price: aboveZero(price),
        /** The part of the price that has settled already. */
        settled: notNegative(price).default(price('0')),
        rate: decimal(ratio).default(ratio('0')),
        confidence: certain,
        rateConfidence: certain,
      }),
    )
    .default([]),
  /** Past relative returns over the margin period, oldest first, for expected shortfall. */
  returns: z.array(z.strictObject({ asset: ticker, values: z.array(decimal(ratio)) })).default([]),
});

export const documentSchema = z.strictObject({
  /** The instant of the evaluation; now where left out. */
  asOf: instant.optional(),
  positions: z.array(position).default([]),
  collateral: z.array(balance).default([]),
  market: market.default({ assets: [], forwards: [], returns: [] }),
});

export type PortfolioDocument = z.output<typeof documentSchema>;
export type DocumentPosition = PortfolioDocument['positions'][number];
