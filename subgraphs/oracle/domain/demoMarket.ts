/** The demo's market: what is traded in it, and how its prices behave. */

import { z } from 'zod';
import { isPositive, price, ratio, type Price, type Ratio } from '../../shared/units.js';

export interface DemoAsset {
  /** Canonical ticker. */
  readonly id: string;
  /** USD per unit when the demo is started for the first time. */
  readonly startPrice: Price;
  /** Digits behind the point that its prices walk on. */
  readonly decimals: number;
  /** Per year, as a share; 0 for a price that stands still. */
  readonly annualVolatility: number;
  /** How long the walk takes to return to its anchor, but for a share of 1/e. */
  readonly reversionSeconds: number;
}

interface Quoted {
  /** «venue»:«symbol». */
  readonly id: string;
  /** Ticker of what the price is of. */
  readonly underlying: string;
  /** USD or an asset: what the price is in. */
  readonly priceCurrency: string;
  /** Prices are multiples of it. */
  readonly tick: Price;
}

/** A perpetual or future: its mark stands at a constant distance from the index. */
export interface DemoFuture extends Quoted {
  readonly kind: 'FUTURE';
  /** Mark ÷ index − 1. */
  readonly basis: Ratio;
}

/** A European option, quoted in its underlying. */
export interface DemoOption extends Quoted {
  readonly kind: 'OPTION';
  readonly optionType: 'CALL' | 'PUT';
  /** USD per unit of the underlying. */
  readonly strike: Price;
  readonly expiry: Date;
  /** Per year, as a share. */
  readonly volatility: number;
}

export type DemoInstrument = DemoFuture | DemoOption;

export interface DemoMarket {
  readonly assets: readonly DemoAsset[];
  readonly instruments: readonly DemoInstrument[];
}

const ticker = z.string().regex(/^[A-Z0-9]{1,16}$/);
const plainText = z.string().regex(/^-?\d{1,20}(\.\d{1,18})?$/, 'is not a plain decimal');
const positivePrice = plainText.transform(price).refine(isPositive, 'is not above zero');

const asset = z.strictObject({
  id: ticker,
  startPrice: positivePrice,
  decimals: z.int().min(0).max(18),
  annualVolatility: z.number().min(0).max(5),
  reversionSeconds: z.number().positive(),
});

const quoted = {
  id: z.string().regex(/^[a-z0-9]+:\S+$/),
  underlying: ticker,
  priceCurrency: ticker,
  tick: positivePrice,
};

const future = z.strictObject({
  ...quoted,
  kind: z.literal('FUTURE'),
  basis: plainText.transform(ratio),
});

const option = z.strictObject({
  ...quoted,
  kind: z.literal('OPTION'),
  optionType: z.enum(['CALL', 'PUT']),
  strike: positivePrice,
  expiry: z.iso.datetime().transform((text) => new Date(text)),
  volatility: z.number().positive().max(5),
});

const market = z
  .strictObject({
    assets: z.array(asset),
    instruments: z.array(z.discriminatedUnion('kind', [future, option])),
  })
  .superRefine(({ assets, instruments }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    for (const id of repeated([...assets, ...instruments])) refuse(`${id} is there twice`);
    const priced = new Set(assets.map(({ id }) => id));
    for (const { id, kind, underlying, priceCurrency } of instruments) {
      for (const needed of [underlying, priceCurrency]) {
        if (!priced.has(needed)) refuse(`${id} needs a price of ${needed}`);
      }
      if (kind === 'OPTION' && priceCurrency !== underlying) {
        refuse(`${id} is an option quoted in ${priceCurrency}, not in its underlying`);
      }
    }
  });

/** Reads the market from parsed JSON; throws an Error that names each field it cannot use. */
export function readDemoMarket(json: unknown): DemoMarket {
  const result = market.safeParse(json);
  if (result.success) return result.data;
  throw new Error(`The demo's market cannot be used:\n${z.prettifyError(result.error)}`);
}

function repeated(things: readonly { readonly id: string }[]): string[] {
  const ids = things.map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
