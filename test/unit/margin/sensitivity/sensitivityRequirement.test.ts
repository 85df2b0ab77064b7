import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import type {
  RiskBook,
  UnderlyingRisk,
} from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { sensitivityRequirement } from '../../../../subgraphs/margin/domain/sensitivity/sensitivityRequirement.js';
import { sensitivityParametersNamed } from '../../../../subgraphs/margin/parameters/sensitivityParameters.js';
import { anyBook, bookOf, coin, expiryIn, held, option, perpetual } from './riskBooks.js';

const { rules } = sensitivityParametersNamed('sensitivity-1');
const initialMargin = (book: RiskBook) => sensitivityRequirement(book, rules).initialMargin;

const found = (requirement: Requirement, code: string): Requirement | undefined =>
  requirement.code === code
    ? requirement
    : requirement.parts.map((part) => found(part, code)).find((part) => part !== undefined);

const everyNode = (requirement: Requirement): readonly Requirement[] => [
  requirement,
  ...requirement.parts.flatMap(everyNode),
];

/** A line for each part, indented below the one that it is a part of. */
const printed = ({ code, of, amount, detail, parts }: Requirement): readonly string[] => [
  `${code}${of === null ? '' : ` of ${of}`}: ${Number(amount.toFixed(8))}${detail === null ? '' : ` (${detail})`}`,
  ...parts.flatMap(printed).map((line) => ` ${line}`),
];

const mapped = (
  book: RiskBook,
  change: (underlying: UnderlyingRisk) => Partial<UnderlyingRisk>,
) => ({
  ...book,
  underlyings: book.underlyings.map((each) => ({ ...each, ...change(each) })),
});

/** Every exposure of the book as it is, without its age and haircuts. */
const pure = (book: RiskBook) =>
  mapped(book, ({ collateral }) => ({
    priceAgeSeconds: 0,
    collateral: collateral.map((each) => ({ ...each, maintenanceHaircut: 0, initialHaircut: 0 })),
  }));

const sum = (shares: Float64Array) => shares.reduce((total, share) => total + share, 0);

/** The margin of the largest book has six digits; sums of its squares lose the last ones. */
const near = (size: number) => 1e-9 * Math.max(size, 1e6);

describe('sensitivityRequirement', () => {
  it('asks for 16 % of a bitcoin, and 80 % of that to maintain it', () => {
    const book = bookOf(coin('BTC', 70_000, { futures: [perpetual(0, -1, 70_000)] }));
    const { initialMargin: initial, maintenanceMargin: maintenance } = sensitivityRequirement(
      book,
      rules,
    );

    expect(initial.amount).toBeCloseTo(11_200, 8);
    expect(maintenance.amount).toBeCloseTo(8_960, 8);
  });

  it('names every part, what it is of and where its number comes from', () => {
    // 100 SOL at 26 %; of 10 coins that hedge nothing 10 % and 5 %; in half a day of two √¼ of 26 %.
    const coins = held(1, 10, 100, {
      isRiskCancelling: false,
      maintenanceHaircut: 0.1,
      initialHaircut: 0.05,
    });
    const { initialMargin: initial, maintenanceMargin: maintenance } = sensitivityRequirement(
      bookOf(
        coin('BTC', 1000),
        coin('SOL', 100, {
          futures: [perpetual(0, -100, 100)],
          collateral: [coins],
          priceAgeSeconds: 43_200,
        }),
      ),
      rules,
    );
    const calibration = (name: string) => [
      `  ${name}: 2600`,
      '   DELTA: 2600',
      '    DELTA_BUCKET of LARGE_LAYER_ONE: 2600 (the root within the bucket is 2600.00 USD)',
    ];
    const sensitivities = [
      ' SENSITIVITIES: 2600 (the largest under any of the correlations)',
      ...['CALIBRATED', 'TOGETHER', 'APART'].flatMap(calibration),
    ];
    const kept = [
      ' COLLATERAL_HAIRCUT of SOL: 100',
      ' PRICE_AGE of SOL: 1300 (a move of 13.00 % in 43200 seconds)',
    ];

    expect(printed(initial)).toEqual([
      'INITIAL_MARGIN: 4050',
      ...sensitivities,
      ...kept,
      ' COLLATERAL_HAIRCUT_INITIAL of SOL: 50',
    ]);
    expect(printed(maintenance)).toEqual([
      'MAINTENANCE_MARGIN: 3480',
      ' MAINTENANCE_SHARE: 2080',
      ...sensitivities.map((line) => ` ${line}`),
      ...kept,
    ]);
  });

  it('takes the worst of the correlations: hedges that fail, longs that fall together', () => {
    // 16 % of 1,000 and 20 % of 1,000: 160 and 200.
    const pair = (ether: number) =>
      bookOf(
        coin('BTC', 1000, { futures: [perpetual(0, 1, 1000)] }),
        coin('ETH', 1000, { futures: [perpetual(1, ether, 1000)] }),
      );

    // Of one sign they may fall together: 160 + 200. Of two, the hedge may fail: √(160² + 200²).
    expect(initialMargin(pair(1)).amount).toBeCloseTo(360, 8);
    expect(initialMargin(pair(-1)).amount).toBeCloseTo(Math.hypot(160, 200), 8);
    // As calibrated: √(160² + 200² − 2 × 0.85 × 160 × 200).
    expect(found(initialMargin(pair(-1)), 'CALIBRATED')?.amount).toBeCloseTo(
      Math.sqrt(160 ** 2 + 200 ** 2 - 1.7 * 160 * 200),
      8,
    );
  });

  it('asks for more of what is concentrated', () => {
    // A billion is four times the threshold of 250 million: the weight doubles.
    const book = bookOf(coin('BTC', 1e9, { futures: [perpetual(0, 1, 1e9)] }));

    expect(initialMargin(book).amount).toBeCloseTo(320e6, 4);
  });

  it('charges haircuts: for maintenance, and further for initial margin', () => {
    const coins = held(0, 10, 100, {
      isRiskCancelling: false,
      maintenanceHaircut: 0.1,
      initialHaircut: 0.05,
    });
    const { initialMargin: initial, maintenanceMargin: maintenance } = sensitivityRequirement(
      bookOf(coin('SOL', 100, { collateral: [coins] })),
      rules,
    );

    expect([initial.amount, maintenance.amount]).toEqual([
      expect.closeTo(150, 8),
      expect.closeTo(100, 8),
    ]);
  });

  it('charges the age of a price with the move that may have happened since', () => {
    // Half a day of the two of the margin period: 16 % × √¼ of 1,000.
    const book = bookOf(
      coin('BTC', 1000, { futures: [perpetual(0, -1, 1000)], priceAgeSeconds: 43_200 }),
    );

    expect(found(initialMargin(book), 'PRICE_AGE')?.amount).toBeCloseTo(80, 8);
  });

  it('has vega and curvature of a short option, and no curvature of a long one', () => {
    const options = (quantity: number) =>
      bookOf(
        coin('BTC', 70_000, {
          expiries: [expiryIn(30, 70_000)],
          options: [option(0, quantity, 75_000)],
        }),
      );
    const amounts = (quantity: number) =>
      ['VEGA', 'CURVATURE'].map((code) => found(initialMargin(options(quantity)), code)?.amount);

    const [vega, curvature] = amounts(-1);
    expect(vega).toBeGreaterThan(0);
    // 3 × ½ × 2 ÷ 30 days × σ vega × 6.6349, where the tenors around 30 days share it out.
    expect(curvature).toBeCloseTo(3 * 0.5 * (2 / 30) * 0.6 * 7618.42 * 6.6348966, 0);
    expect(amounts(1)).toEqual([vega, 0]);
  });

  it('takes a long call and a short put for the forward that they are', () => {
    const curve = expiryIn(45, 1000, 0.05);
    const options = [option(0, 3, 900), option(1, -3, 900, { isCall: false })];
    const synthetic = bookOf(coin('BTC', 1000, { expiries: [curve], options }));
    const discounted = 3 * Math.exp((-0.05 * 45) / 365);
    const futures = [perpetual(0, discounted, 1000, { expiry: 0 })];
    const forward = bookOf(coin('BTC', 1000, { expiries: [curve], futures }));

    const margin = initialMargin(synthetic);
    expect(margin.amount).toBeCloseTo(initialMargin(forward).amount, 8);
    expect(found(margin, 'VEGA')?.amount).toBeCloseTo(0, 8);
    expect(found(margin, 'CURVATURE')?.amount).toBeCloseTo(0, 8);
  });

  it('requires nothing of an empty book', () => {
    const { initialMargin: initial, maintenanceMargin: maintenance } = sensitivityRequirement(
      bookOf(),
      rules,
    );

    expect([initial.amount, maintenance.amount]).toEqual([0, 0]);
  });

  it('requires at least as much to open as to maintain, and never less than nothing', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const { initialMargin: initial, maintenanceMargin: maintenance } = sensitivityRequirement(
          book,
          rules,
        );

        expect(maintenance.amount).toBeGreaterThanOrEqual(-near(0));
        expect(initial.amount).toBeGreaterThanOrEqual(maintenance.amount);
      }),
    );
  });

  it('shares every part of the margin out over the lines, to the last', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        for (const { amount, shares } of everyNode(initialMargin(book))) {
          expect(Math.abs(sum(shares) - amount)).toBeLessThan(near(amount));
        }
      }),
    );
  });

  it('does not depend on the order of exposures, or on how they are split over venues', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const halves = mapped(book, ({ futures, options, collateral }) => ({
          futures: halved(futures).reverse(),
          options: halved(options).reverse(),
          collateral: halved(collateral).reverse(),
        }));
        const { amount } = initialMargin(book);

        expect(Math.abs(initialMargin(halves).amount - amount)).toBeLessThan(near(amount));
      }),
    );
  });

  it('is the same without a pair of exposures that offset each other', () => {
    fc.assert(
      fc.property(anyBook, anyBook, (book, other) => {
        const both = book.underlyings.map((underlying, i) => {
          const added = other.underlyings[i];
          if (added === undefined) throw new Error('no such underlying');
          const { futures, options } = added;
          return {
            ...underlying,
            futures: [...underlying.futures, ...offset(futures)],
            options: [...underlying.options, ...offset(options)],
          };
        });
        const lines = [...book.lines, ...other.lines];
        const { amount } = initialMargin(book);
        const withPairs = initialMargin({ ...book, lines, underlyings: both }).amount;

        // Options of the pairs may be a thousand times the book's own margin.
        expect(Math.abs(withPairs - amount)).toBeLessThan(1e-3);
      }),
    );
  });

  it('never asks for less when prices are older', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const older = mapped(book, ({ priceAgeSeconds }) => ({
          priceAgeSeconds: priceAgeSeconds + 60,
        }));

        expect(initialMargin(older).amount).toBeGreaterThanOrEqual(
          initialMargin(book).amount - near(0),
        );
      }),
    );
  });

  it('grows with the book while it is below the thresholds of concentration', () => {
    fc.assert(
      fc.property(
        anyBook,
        fc.integer({ min: 0, max: 300 }).map((percent) => percent / 100),
        (book, factor) => {
          const scaled = mapped(pure(book), ({ futures, options, collateral }) => ({
            futures: times(futures, factor),
            options: times(options, factor),
            collateral: times(collateral, factor),
          }));
          const { amount } = initialMargin(pure(book));

          expect(Math.abs(initialMargin(scaled).amount - factor * amount)).toBeLessThan(
            near(amount),
          );
        },
      ),
    );
  });

  it('answers with numbers, or names what it cannot take, whatever the sizes', () => {
    const sizes = fc.constantFrom(0, 1e-300, 1, 1e30, 1e45, 1e59, Infinity, NaN);
    fc.assert(
      fc.property(sizes, sizes, sizes, (quantity, strike, volatility) => {
        const book = bookOf(
          coin('BTC', 1000, {
            expiries: [expiryIn(30, 1000)],
            futures: [perpetual(0, quantity, 1000)],
            options: [option(1, quantity, strike, { volatility })],
          }),
        );
        try {
          for (const { amount } of everyNode(initialMargin(book))) expect(amount).not.toBeNaN();
        } catch (error) {
          expect((error as Error).name).toMatch(/^(RiskInputError|InvalidPricingInput)$/);
          expect((error as Error).message).toMatch(/quantity|strike|volatility/);
        }
      }),
    );
  });
});

const times = <Exposure extends { readonly quantity: number }>(
  exposures: readonly Exposure[],
  factor: number,
) => exposures.map((each) => ({ ...each, quantity: each.quantity * factor }));

const halved = <Exposure extends { readonly quantity: number }>(exposures: readonly Exposure[]) => [
  ...times(exposures, 0.5),
  ...times(exposures, 0.5),
];

/** Each on the first line, and its opposite. */
const offset = <Exposure extends { readonly quantity: number; readonly line: number }>(
  exposures: readonly Exposure[],
) => {
  const placed = exposures.map((each) => ({ ...each, line: 0 }));
  return [...placed, ...times(placed, -1)];
};
