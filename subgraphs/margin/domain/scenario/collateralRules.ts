/** Which coins count as collateral, and for how much. */

import { z } from 'zod';
import type { RiskBook } from '../risk/riskBook.js';

export interface CollateralRules {
  /**
   * What collateral is worth is counted in: USD, or the settlement currency, in which everything is
   * worth more once that loses its peg.
   */
  readonly countedIn: 'USD' | 'SETTLEMENT_CURRENCY';
  /** By ticker; `others` for the rest. */
  readonly byAsset: ReadonlyMap<string, CollateralTerms>;
  readonly others: CollateralTerms;
}

export interface CollateralTerms {
  /** Share of worth that does not count for maintenance. */
  readonly maintenanceHaircut: number;
  /** Further share that does not count for initial margin. */
  readonly initialHaircut: number;
  /** The underlying whose scenarios its price moves in, hedging positions; null for none. */
  readonly isRiskCancellingOf: string | null;
}

/** The book with collateral priced in what the rules count in. */
export function countedBook(book: RiskBook, { countedIn }: CollateralRules): RiskBook {
  const { price: stable } = book.stable;
  if (countedIn === 'USD' || stable === 1) return book;
  return {
    ...book,
    underlyings: book.underlyings.map((underlying) => ({
      ...underlying,
      collateral: underlying.collateral.map((held) => ({
        ...held,
        price: { ...held.price, price: held.price.price / stable },
      })),
    })),
  };
}

const terms = z
  .strictObject({
    maintenanceHaircut: z.number().min(0).max(1),
    initialHaircut: z.number().min(0).max(1),
    isRiskCancellingOf: z.string().min(1).nullable().default(null),
  })
  .refine(({ maintenanceHaircut, initialHaircut }) => maintenanceHaircut + initialHaircut <= 1, {
    error: 'takes more than the whole worth',
  }) satisfies z.ZodType<CollateralTerms>;

export const collateralRulesSchema = z.strictObject({
  countedIn: z.enum(['USD', 'SETTLEMENT_CURRENCY']),
  byAsset: z.record(z.string(), terms).transform((all) => new Map(Object.entries(all))),
  others: terms,
}) satisfies z.ZodType<CollateralRules>;
