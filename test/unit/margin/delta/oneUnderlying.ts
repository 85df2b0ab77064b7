/** Books of one underlying for tests of charges: legs in, a `RiskBook` out. */

import fc from 'fast-check';
import type {
  ExpiryCurve,
  RiskBook,
  UnderlyingRisk,
} from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import type { ChargeScope } from '../../../../subgraphs/margin/domain/scenario/charges.js';

export type Leg = { readonly venue?: string } & (
  | {
      readonly kind: 'FUTURE';
      readonly contract?: 'LINEAR' | 'INVERSE' | 'QUANTO';
      readonly quantity: number;
      readonly mark?: number;
      readonly expiry?: number | null;
    }
  | {
      readonly kind: 'OPTION';
      readonly quantity: number;
      readonly strike: number;
      readonly isCall: boolean;
      readonly expiry?: number;
      readonly volatility?: number;
    }
  | { readonly kind: 'COIN'; readonly quantity: number; readonly isRiskCancelling?: boolean }
);

export interface Market {
  readonly spot?: number;
  /** Days to each expiry, rising. */
  readonly days?: readonly number[];
  readonly returns?: readonly number[];
  readonly stable?: number;
}

const DAY = 86_400;

/** BTC at 70,000 with forwards at spot and expiries in 30 and 90 days, unless the market says else. */
export function oneUnderlying(legs: readonly Leg[], market: Market = {}): ChargeScope {
  const { spot = 70_000, days = [30, 90], returns = [], stable = 1 } = market;
  const placed = legs.map((leg, line) => ({ ...leg, line }));
  const underlying: UnderlyingRisk = {
    underlying: 'BTC',
    spot: { price: spot, confidence: 1 },
    priceAgeSeconds: 0,
    perpetualConfidence: 1,
    returns,
    futures: placed.flatMap((leg) => (leg.kind === 'FUTURE' ? [future(leg, spot)] : [])),
    options: placed.flatMap((leg) => (leg.kind === 'OPTION' ? [option(leg)] : [])),
    expiries: days.map((day): ExpiryCurve => ({
      seconds: day * DAY,
      forward: { price: spot, confidence: 1 },
      forwardFixed: 0,
      rate: { price: 0, confidence: 1 },
    })),
    collateral: placed.flatMap((leg) => (leg.kind === 'COIN' ? [coin(leg, spot)] : [])),
  };
  const book: RiskBook = {
    lines: legs.map(({ kind, venue = 'one' }, i) => ({
      venueAccountId: `${venue}:account`,
      id: `line ${i}`,
      kind: kind === 'COIN' ? 'COLLATERAL' : 'POSITION',
    })),
    underlyings: [underlying],
    stable: { price: stable, confidence: 1 },
  };
  return { book, underlying };
}

type Placed<Kind> = Extract<Leg, { readonly kind: Kind }> & { readonly line: number };

const future = (leg: Placed<'FUTURE'>, spot: number) => ({
  line: leg.line,
  contract: leg.contract ?? ('LINEAR' as const),
  quantity: leg.quantity,
  mark: leg.mark ?? spot,
  pointValue: 1,
  pays: null,
  expiry: leg.expiry ?? null,
});

const option = (leg: Placed<'OPTION'>) => ({
  line: leg.line,
  expiry: leg.expiry ?? 0,
  strike: leg.strike,
  isCall: leg.isCall,
  quantity: leg.quantity,
  volatility: leg.volatility ?? 0.6,
  confidence: 1,
});

const coin = (leg: Placed<'COIN'>, spot: number) => ({
  line: leg.line,
  asset: 'BTC',
  quantity: leg.quantity,
  price: { price: spot, confidence: 1 },
  isRiskCancelling: leg.isRiskCancelling ?? true,
  maintenanceHaircut: 0.05,
  initialHaircut: 0.02,
});

const size = fc.double({ min: -50, max: 50, noNaN: true });
const venue = fc.constantFrom('one', 'two', 'three');
const expiry = fc.constantFrom(0, 1);

const anyFuture: fc.Arbitrary<Leg> = fc
  .record({
    venue,
    contract: fc.constantFrom('LINEAR' as const, 'INVERSE' as const),
    quantity: size,
    mark: fc.double({ min: 65_000, max: 75_000, noNaN: true }),
    expiry: fc.constantFrom(null, 0, 1),
  })
  .map((leg) => ({
    ...leg,
    kind: 'FUTURE',
    quantity: leg.contract === 'INVERSE' ? leg.quantity * leg.mark : leg.quantity,
  }));

const anyOption: fc.Arbitrary<Leg> = fc
  .record({
    venue,
    quantity: size,
    strike: fc.constantFrom(50_000, 65_000, 70_000, 80_000, 100_000),
    isCall: fc.boolean(),
    expiry,
    volatility: fc.double({ min: 0.1, max: 2, noNaN: true }),
  })
  .map((leg) => ({ ...leg, kind: 'OPTION' }));

const anyCoin: fc.Arbitrary<Leg> = fc
  .record({ venue, quantity: size, isRiskCancelling: fc.boolean() })
  .map((leg) => ({ ...leg, kind: 'COIN' }));

/** Any legs of the market above, long and short, over three venues. */
export const anyLegs: fc.Arbitrary<readonly Leg[]> = fc.array(
  fc.oneof(anyFuture, anyOption, anyCoin),
  { maxLength: 8 },
);

export const scaledLegs = (legs: readonly Leg[], factor: number): readonly Leg[] =>
  legs.map((leg) => ({ ...leg, quantity: leg.quantity * factor }));

/** What a leg is worth at most, to judge rounding by. */
export const scaleOf = ({ underlying }: ChargeScope): number =>
  [...underlying.futures, ...underlying.options, ...underlying.collateral].reduce(
    (total, leg) =>
      total +
      Math.abs(leg.quantity) *
        ('contract' in leg && leg.contract === 'INVERSE' ? 1 : underlying.spot.price),
    1,
  );
