/** Books for the sensitivity-based model: by hand, and any over two coins. */

import fc from 'fast-check';
import type {
  CollateralRisk,
  ExpiryCurve,
  FutureRisk,
  OptionRisk,
  RiskBook,
  UnderlyingRisk,
} from '../../../../subgraphs/margin/domain/risk/riskBook.js';

const feed = (price: number) => ({ price, confidence: 1 });

export const expiryIn = (days: number, forward: number, rate = 0): ExpiryCurve => ({
  seconds: days * 86_400,
  forward: feed(forward),
  forwardFixed: 0,
  rate: feed(rate),
});

export const coin = (
  underlying: string,
  spot: number,
  more: Partial<UnderlyingRisk> = {},
): UnderlyingRisk => ({
  underlying,
  spot: feed(spot),
  priceAgeSeconds: 0,
  perpetualConfidence: 1,
  returns: [],
  futures: [],
  options: [],
  expiries: [],
  collateral: [],
  ...more,
});

export const perpetual = (
  line: number,
  quantity: number,
  mark: number,
  more: Partial<FutureRisk> = {},
): FutureRisk => ({
  line,
  contract: 'LINEAR',
  quantity,
  mark,
  pointValue: 1,
  pays: null,
  expiry: null,
  ...more,
});

export const option = (
  line: number,
  quantity: number,
  strike: number,
  more: Partial<OptionRisk> = {},
): OptionRisk => ({
  line,
  expiry: 0,
  strike,
  isCall: true,
  quantity,
  volatility: 0.6,
  confidence: 1,
  ...more,
});

export const held = (
  line: number,
  quantity: number,
  price: number,
  more: Partial<CollateralRisk> = {},
): CollateralRisk => ({
  line,
  asset: 'BTC',
  quantity,
  price: feed(price),
  isRiskCancelling: true,
  maintenanceHaircut: 0,
  initialHaircut: 0,
  ...more,
});

/** With as many lines as the exposures point to. */
export function bookOf(...underlyings: readonly UnderlyingRisk[]): RiskBook {
  const places = underlyings.flatMap(({ futures, options, collateral }) =>
    [...futures, ...options, ...collateral].map(({ line }) => line),
  );
  const lines = Array.from({ length: Math.max(-1, ...places) + 1 }, (_, i) => ({
    venueAccountId: `venue:${i % 2}`,
    id: String(i),
    kind: 'POSITION' as const,
  }));
  return { lines, underlyings, stable: feed(1) };
}

/** Evenly spread, where doubles would nearly all be next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((step) => min + ((max - min) * step) / 10_000);
const DAYS = [0, 1, 9, 45, 400];

const anyFuture = fc.record({
  contract: fc.constantFrom('LINEAR' as const, 'INVERSE' as const),
  quantity: between(-10, 10),
  expiry: fc.constantFrom(null, 2, 4),
});
const anyOption = fc.record({
  quantity: between(-10, 10),
  strike: fc.constantFrom(1, 500, 1000, 1500),
  isCall: fc.boolean(),
  expiry: fc.nat(DAYS.length - 1),
  volatility: between(0, 2),
});
const anyHeld = fc.record({
  quantity: between(-10, 10),
  isRiskCancelling: fc.boolean(),
  maintenanceHaircut: between(0, 0.5),
  initialHaircut: between(0, 0.5),
});

const anyCoin = (underlying: string, price: number) =>
  fc
    .record({
      futures: fc.array(anyFuture, { maxLength: 3 }),
      options: fc.array(anyOption, { maxLength: 3 }),
      collateral: fc.array(anyHeld, { maxLength: 2 }),
      priceAgeSeconds: fc.constantFrom(0, 30),
    })
    .map((parts) => ({ underlying, price, ...parts }));

type AnyCoin = typeof anyCoin extends (...of: never[]) => fc.Arbitrary<infer Coin> ? Coin : never;

/** Over two coins, with lines numbered through. */
export const anyBook: fc.Arbitrary<RiskBook> = fc
  .tuple(anyCoin('BTC', 1000), anyCoin('SOL', 1000))
  .map((coins) => {
    let line = 0;
    return bookOf(
      ...coins.map(({ underlying, price, futures, options, collateral, ...rest }: AnyCoin) =>
        coin(underlying, price, {
          ...rest,
          expiries: DAYS.map((days) => expiryIn(days, price, 0.05)),
          futures: futures.map(({ quantity, ...more }) => perpetual(line++, quantity, price, more)),
          options: options.map(({ quantity, strike, ...more }) =>
            option(line++, quantity, strike, more),
          ),
          collateral: collateral.map(({ quantity, ...more }) =>
            held(line++, quantity, price, more),
          ),
        }),
      ),
    );
  });
