/** Books, rules and arbitrary portfolios for the tests of the scenario engine. */

import fc from 'fast-check';
import type {
  CollateralRisk,
  ExpiryCurve,
  FutureRisk,
  OptionRisk,
  RiskBook,
  UnderlyingRisk,
} from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import {
  gridScenario,
  type GridScenario,
} from '../../../../subgraphs/margin/domain/scenario/gridScenario.js';
import {
  PLAIN_SCAN,
  type ScanComponent,
} from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import type { VolatilityLaw } from '../../../../subgraphs/margin/domain/scenario/volatilityLaw.js';

export const DAY = 86_400;

export const fed = (price: number, confidence = 1) => ({ price, confidence });

export const expiry = (days: number, more: Partial<ExpiryCurve> = {}): ExpiryCurve => ({
  seconds: days * DAY,
  forward: fed(100),
  forwardFixed: 0,
  rate: fed(0),
  ...more,
});

export const perpetual = (quantity: number, more: Partial<FutureRisk> = {}): FutureRisk => ({
  line: 0,
  contract: 'LINEAR',
  quantity,
  mark: 100,
  pointValue: 1,
  pays: null,
  expiry: null,
  ...more,
});

export const call = (quantity: number, more: Partial<OptionRisk> = {}): OptionRisk => ({
  line: 0,
  expiry: 0,
  strike: 100,
  isCall: true,
  quantity,
  volatility: 0.5,
  confidence: 1,
  ...more,
});

export const put = (quantity: number, more: Partial<OptionRisk> = {}): OptionRisk =>
  call(quantity, { isCall: false, ...more });

export const coins = (quantity: number, more: Partial<CollateralRisk> = {}): CollateralRisk => ({
  line: 0,
  asset: 'BTC',
  quantity,
  price: fed(100),
  isRiskCancelling: true,
  maintenanceHaircut: 0,
  initialHaircut: 0,
  ...more,
});

/** At 100 dollars, with one expiry in thirty days. */
export const underlying = (more: Partial<UnderlyingRisk> = {}): UnderlyingRisk => ({
  underlying: 'BTC',
  spot: fed(100),
  priceAgeSeconds: 0,
  perpetualConfidence: 1,
  returns: [],
  futures: [],
  options: [],
  expiries: [expiry(30)],
  collateral: [],
  ...more,
});

/** Lines 0, 1, 2… at venue accounts a, b, a, b… */
export const bookOf = (...underlyings: readonly UnderlyingRisk[]): RiskBook => ({
  lines: Array.from({ length: 40 }, (_, i) => ({
    venueAccountId: i % 2 === 0 ? 'a' : 'b',
    id: `line ${i}`,
    kind: 'POSITION',
  })),
  underlyings,
  stable: fed(1),
});

export const LINE_COUNT = 40;

export const row = (
  spotShock: number,
  volatility: GridScenario['volatility'] = 'NONE',
  weight = 1,
): GridScenario => gridScenario({ spotShock, futuresShock: null, volatility, weight });

/** Half up and a quarter down at thirty days, more before and less after. */
export const volatility: VolatilityLaw = {
  shift: 'RELATIVE',
  up: 0.5,
  down: 0.25,
  upMin: 0,
  referenceDays: 30,
  daysMin: 1,
  shortPower: 0.3,
  longPower: 0.13,
};

/** Without anything that a venue adds: no discount, no skew, dollars. */
export const plainScan = (
  grid: readonly GridScenario[],
  more: Partial<ScanComponent> = {},
): ScanComponent => ({
  ...PLAIN_SCAN,
  grid,
  volatility,
  discountsMarks: false,
  ...more,
});

export const SPOTS = [0.16, 0.08, 0, -0.08, -0.16];

export const plainGrid: readonly GridScenario[] = [
  ...SPOTS.flatMap((spot) => [row(spot, 'UP'), row(spot), row(spot, 'DOWN')]),
  row(-0.66, 'UP', 0.2),
  row(5, 'UP', 0.03),
];

/** As Derive's: discounts, skew, floors. */
export const fullScan: ScanComponent = plainScan(
  [...plainGrid, row(0, 'LINEAR_SKEW'), row(0, 'ABSOLUTE_SKEW')],
  {
    discountsMarks: true,
    staticDiscount: {
      long: { base: 0.95, rateFactor: 1, rateAddition: 0.08 },
      short: { base: 1.04, rateFactor: 0.5, rateAddition: 0.08 },
    },
    skew: {
      linear: { base: 0.25, perRootYear: -0.1 },
      absolute: { base: 0.25, perRootYear: -0.1 },
      widthMin: 0.01,
      widthScale: 4,
      volatility: 0.6,
      volatilityPerRootYear: 0,
    },
  },
);

const EXPIRIES = [
  expiry(0, { forwardFixed: 100 }),
  expiry(0.01, { forwardFixed: 40, rate: fed(0.05) }),
  expiry(7, { forward: fed(101), rate: fed(0.05) }),
  expiry(45, { forward: fed(104), rate: fed(-0.1) }),
  expiry(300, { forward: fed(110), rate: fed(0.2) }),
];

const quantities = fc.double({ min: -50, max: 50, noNaN: true });
const lines = fc.nat(LINE_COUNT - 1);

export const anyOption: fc.Arbitrary<OptionRisk> = fc.record({
  line: lines,
  expiry: fc.nat(EXPIRIES.length - 1),
  strike: fc.double({ min: 1, max: 1000, noNaN: true }),
  isCall: fc.boolean(),
  quantity: quantities,
  volatility: fc.double({ min: 0, max: 3, noNaN: true }),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
});

export const anyFuture: fc.Arbitrary<FutureRisk> = fc.record({
  line: lines,
  contract: fc.constantFrom('LINEAR', 'INVERSE', 'QUANTO'),
  quantity: quantities,
  mark: fc.double({ min: 50, max: 200, noNaN: true }),
  pointValue: fc.double({ min: 0.5, max: 2, noNaN: true }),
  pays: fc.constantFrom(null, 'BTC', 'ETH'),
  expiry: fc.option(fc.nat(EXPIRIES.length - 1)),
});

export const anyCoins: fc.Arbitrary<CollateralRisk> = fc.record({
  line: lines,
  asset: fc.constantFrom('BTC', 'USDT'),
  quantity: quantities,
  price: fc.record({
    price: fc.double({ min: 0.5, max: 150, noNaN: true }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  isRiskCancelling: fc.boolean(),
  maintenanceHaircut: fc.double({ min: 0, max: 0.5, noNaN: true }),
  initialHaircut: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

/** Of BTC, over expired, settling, near and far expiries. */
export const anyUnderlying: fc.Arbitrary<UnderlyingRisk> = fc
  .record({
    options: fc.array(anyOption, { maxLength: 8 }),
    futures: fc.array(anyFuture, { maxLength: 3 }),
    collateral: fc.array(anyCoins, { maxLength: 2 }),
  })
  .map((holdings) => underlying({ ...holdings, expiries: EXPIRIES }));

export const scaledBy = (factor: number, book: UnderlyingRisk): UnderlyingRisk => ({
  ...book,
  options: book.options.map((one) => ({ ...one, quantity: one.quantity * factor })),
  futures: book.futures.map((one) => ({ ...one, quantity: one.quantity * factor })),
  collateral: book.collateral.map((one) => ({ ...one, quantity: one.quantity * factor })),
});

export const together = (one: UnderlyingRisk, other: UnderlyingRisk): UnderlyingRisk => ({
  ...one,
  options: [...one.options, ...other.options],
  futures: [...one.futures, ...other.futures],
  collateral: [...one.collateral, ...other.collateral],
});

/** Rounding that float64 may leave in sums of about so much money. */
export const roundingOf = (book: UnderlyingRisk): number => {
  const gross =
    book.options.reduce(
      (sum, { quantity, strike }) => sum + Math.abs(quantity) * (strike + 800),
      0,
    ) +
    book.futures.reduce((sum, { quantity, mark }) => sum + Math.abs(quantity) * mark * 12, 0) +
    book.collateral.reduce(
      (sum, { quantity, price }) => sum + Math.abs(quantity) * price.price * 6,
      0,
    );
  return 1e-12 * (1 + gross);
};
