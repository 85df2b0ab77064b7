import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scanProfits, scanResult } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import type { ScanComponent } from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import { scenarioRequirement } from '../../../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import { scenarioParameters } from '../../../../subgraphs/margin/parameters/scenarioParameters.js';
import {
  anyLegs,
  oneUnderlying,
  scaledLegs,
  scaleOf,
  type Leg,
  type Market,
} from '../delta/oneUnderlying.js';

/** Each run revalues a book under a whole preset. */
const RUNS = { numRuns: 40 };

const NAMES = ['deribit-xpm-1', 'okx-pm-1', 'paradex-scan-1', 'span-16-1', 'unified-1'] as const;
type Name = (typeof NAMES)[number];

const presets = Object.fromEntries(
  NAMES.map((name) => {
    const file = new URL(`../../../../subgraphs/margin/parameters/${name}.json`, import.meta.url);
    return [name, scenarioParameters(readFileSync(file, 'utf8'))];
  }),
) as Record<Name, ReturnType<typeof scenarioParameters>>;

const resultOf = (name: Name, book: RiskBook) => scenarioRequirement(book, presets[name].rules);

const initialOf = (name: Name, legs: readonly Leg[], market?: Market) =>
  resultOf(name, oneUnderlying(legs, market).book).initialMargin.amount;

const scanOf = (name: Name, component = 'SCAN'): ScanComponent => {
  const found = presets[name].rules.byUnderlying.get('BTC')?.components.get(component);
  if (found?.kind !== 'SCAN') throw new Error(`${name} has no scan ${component}`);
  return found;
};

const scans = [
  ['deribit-xpm-1', scanOf('deribit-xpm-1')],
  ['okx-pm-1', scanOf('okx-pm-1', 'MR1')],
  ['paradex-scan-1', scanOf('paradex-scan-1')],
  ['span-16-1', scanOf('span-16-1')],
  ['unified-1', scanOf('unified-1')],
] as const;

const scanAmount = (scan: ScanComponent, legs: readonly Leg[]) => {
  const { book, underlying } = oneUnderlying(legs);
  return scanResult('SCAN', scan, underlying, book.lines.length).requirement.amount;
};

const perpetual = (quantity: number, venue = 'one'): Leg => ({ kind: 'FUTURE', quantity, venue });
const option = (quantity: number, strike: number, isCall = true): Leg => ({
  kind: 'OPTION',
  quantity,
  strike,
  isCall,
});

describe('the grids', () => {
  it.each([
    ['deribit-xpm-1', scanOf('deribit-xpm-1'), 27],
    ['okx-pm-1', scanOf('okx-pm-1', 'MR1'), 21],
    ['paradex-scan-1', scanOf('paradex-scan-1'), 24],
    ['span-16-1', scanOf('span-16-1'), 16],
    ['unified-1', scanOf('unified-1'), 24],
  ] as const)('%s has the rows that its venue publishes', (_name, { grid }, rows) => {
    expect(grid).toHaveLength(rows);
  });

  it('asks 11,200 of one perpetual at 70,000, as Paradex does', () => {
    // Golden row of domain.md §13: 16 % of 70,000.
    expect(scanAmount(scanOf('unified-1'), [perpetual(1)])).toBeCloseTo(11_200, 9);
    expect(scanAmount(scanOf('paradex-scan-1'), [perpetual(-1)])).toBeCloseTo(11_200, 9);
  });
});

describe('deribit-xpm-1', () => {
  it('agrees in coins with what the same scenarios lose in dollars', () => {
    // q (1 − 1 ÷ (1 + s)) coins at the shocked price are q s S dollars.
    const scan = scanOf('deribit-xpm-1');
    const futures = anyLegs.map((legs) => legs.filter(({ kind }) => kind === 'FUTURE'));
    fc.assert(
      fc.property(futures, (legs) => {
        const scope = oneUnderlying(legs);
        const profits = (numeraire: ScanComponent['numeraire']) =>
          scanProfits(preparedScan({ ...scan, numeraire, profitShare: 1 }, scope.underlying));
        const [coins, dollars] = [profits('UNDERLYING'), profits('USD')];
        scan.grid.forEach(({ spotShock }, s) => {
          const error = Math.abs((coins[s] ?? NaN) * (1 + spotShock) - (dollars[s] ?? NaN));
          expect(error / scaleOf(scope)).toBeLessThan(1e-13);
        });
      }),
      RUNS,
    );
  });

  it('asks of an inverse perpetual the coins that it loses at −16 %, and 1 % to roll it', () => {
    // 1 coin: 0.16 ÷ 0.84 + 0.01 coins of 70,000.
    const legs: Leg[] = [{ kind: 'FUTURE', contract: 'INVERSE', quantity: 70_000 }];
    const { initialMargin, maintenanceMargin } = resultOf(
      'deribit-xpm-1',
      oneUnderlying(legs).book,
    );

    expect(initialMargin.amount).toBeCloseTo(70_000 * (0.16 / 0.84 + 0.01), 6);
    expect(maintenanceMargin.amount).toBeCloseTo(0.8 * initialMargin.amount, 9);
  });
});

describe('okx-pm-1', () => {
  it('adds the basis to the worst move, multiplies for initial margin, and moves the index', () => {
    // 100 perpetuals marked at 71,000 with the index at 70,000: 12 % × 70,000 × 100 = 840,000, and
    // a basis of 0.8 % × 7,000,000 = 56,000; the minimum charge is 28,350 of 7,000,000, below.
    const legs: Leg[] = [{ kind: 'FUTURE', quantity: 100, mark: 71_000 }];
    const { initialMargin, maintenanceMargin } = resultOf('okx-pm-1', oneUnderlying(legs).book);

    expect(maintenanceMargin.amount).toBeCloseTo(896_000, 6);
    expect(initialMargin.amount).toBeCloseTo(1.3 * 896_000, 6);
  });

  it('falls back on the minimum charge where everything else is hedged away', () => {
    // 0.45 % × 140,000 = 630 against nothing: one term, one price.
    const { maintenanceMargin } = resultOf(
      'okx-pm-1',
      oneUnderlying([perpetual(1), perpetual(-1)]).book,
    );

    expect(maintenanceMargin.amount).toBeCloseTo(630, 9);
  });
});

describe('paradex-scan-1', () => {
  it('asks a hedge for its minimum delta and its fees', () => {
    // 1 % × 1 × 70,000 = 700, half of it for maintenance; fees 2 × 0.045 % × 70,000 = 63.
    const { initialMargin, maintenanceMargin } = resultOf(
      'paradex-scan-1',
      oneUnderlying([perpetual(1), perpetual(-1)]).book,
    );

    expect(initialMargin.amount).toBeCloseTo(763, 9);
    expect(maintenanceMargin.amount).toBeCloseTo(413, 9);
  });
});

describe('span-16-1', () => {
  it('asks at least the short option minimum', () => {
    // 1 % × 70,000 × 110 % of a call that no scenario reaches.
    expect(initialOf('span-16-1', [option(-1, 1e9)])).toBeCloseTo(770, 6);
  });
});

const part = (requirement: Requirement, code: string): Requirement | undefined =>
  requirement.code === code
    ? requirement
    : requirement.parts.map((one) => part(one, code)).find((found) => found !== undefined);

describe('unified-1', () => {
  it('charges a hedge over two venues its basis, far below its legs alone', () => {
    // Minimum delta 1 % × 70,000 and basis 1 % × 70,000, against 2 × 11,200 alone.
    const { initialMargin } = resultOf(
      'unified-1',
      oneUnderlying([perpetual(1, 'one'), perpetual(-1, 'two')]).book,
    );

    expect(part(initialMargin, 'SMALLEST')?.amount).toBeCloseTo(1_400, 9);
    expect(part(initialMargin, 'STAND_ALONE')?.amount).toBeCloseTo(22_400, 9);
  });

  it('never charges netting more than standing alone, for any book', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scope = oneUnderlying(legs, { returns: [-0.2, 0.1, 0.3] });
        const { initialMargin } = resultOf('unified-1', scope.book);
        const capped = part(initialMargin, 'SMALLEST')?.amount ?? 0;
        const alone = part(initialMargin, 'STAND_ALONE')?.amount ?? 0;

        expect(capped).toBeLessThanOrEqual(alone + scaleOf(scope) * 1e-12);
      }),
      RUNS,
    );
  });

  it('lets a history of larger moves raise the requirement, and none lower it', () => {
    const legs = [perpetual(1)];

    // 25 % of 70,000 in place of 16 %: 6,300 more.
    expect(initialOf('unified-1', legs, { returns: [-0.25] })).toBeCloseTo(
      initialOf('unified-1', legs) + 6_300,
      6,
    );
    expect(initialOf('unified-1', legs, { returns: [-0.01] })).toBe(initialOf('unified-1', legs));
  });

  it('asks no less for older prices, larger haircuts or weaker feeds, for any book', () => {
    const age = fc.double({ min: 0, max: 86_400, noNaN: true });
    const share = fc.double({ min: 0, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(anyLegs, age, share, (legs, priceAgeSeconds, more) => {
        const scope = oneUnderlying(legs);
        const { underlying } = scope;
        const before = resultOf('unified-1', scope.book).initialMargin.amount;
        const worse = {
          ...underlying,
          priceAgeSeconds,
          spot: { ...underlying.spot, confidence: 1 - more * 2 },
          collateral: underlying.collateral.map((held) => ({
            ...held,
            maintenanceHaircut: held.maintenanceHaircut + more,
          })),
        };
        const after = resultOf('unified-1', { ...scope.book, underlyings: [worse] });

        expect(after.initialMargin.amount).toBeGreaterThanOrEqual(before - scaleOf(scope) * 1e-12);
      }),
      RUNS,
    );
  });

  it('raises initial margin alone when the settlement currency loses its peg', () => {
    const at = (stable: number) =>
      resultOf('unified-1', oneUnderlying([perpetual(1)], { stable }).book);

    // 4 × (0.99 − 0.94) = 20 % of 11,200.
    expect(at(0.94).initialMargin.amount - at(1).initialMargin.amount).toBeCloseTo(2_240, 6);
    expect(at(0.94).maintenanceMargin.amount).toBe(at(1).maintenanceMargin.amount);
  });
});

describe.each(NAMES)('%s, for any book', (name) => {
  it('asks at least as much to open as to stay open, and never less than nothing', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scope = oneUnderlying(legs, { returns: [-0.2, 0.1] });
        const { initialMargin, maintenanceMargin } = resultOf(name, scope.book);
        const rounding = scaleOf(scope) * 1e-12;

        expect(maintenanceMargin.amount).toBeGreaterThan(-rounding);
        expect(initialMargin.amount).toBeGreaterThanOrEqual(maintenanceMargin.amount - rounding);
      }),
      RUNS,
    );
  });

  it('shares the requirement out by line without a rest', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const scope = oneUnderlying(legs, { returns: [-0.2, 0.1] });
        const { initialMargin } = resultOf(name, scope.book);
        const shared = initialMargin.shares.reduce((sum, share) => sum + share, 0);

        expect(Math.abs(shared - initialMargin.amount)).toBeLessThan(scaleOf(scope) * 1e-12);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of lines, nor on how a venue account is split', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const together = legs.map((leg) => ({ ...leg, venue: 'one' }));
        const split = together.flatMap((leg) => [
          { ...leg, quantity: leg.quantity * 0.75, venue: 'two' },
          { ...leg, quantity: leg.quantity * 0.25 },
        ]);
        const error = Math.abs(initialOf(name, split.toReversed()) - initialOf(name, together));

        expect(error / scaleOf(oneUnderlying(legs))).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });
});

describe.each(['paradex-scan-1', 'span-16-1'] as const)('%s, without tiers', (name) => {
  it('grows as the book does', () => {
    fc.assert(
      fc.property(anyLegs, fc.integer({ min: 0, max: 9 }), (legs, times) => {
        const grown = scaledLegs(legs, times);
        const error = Math.abs(initialOf(name, grown) - times * initialOf(name, legs));

        expect(error / scaleOf(oneUnderlying(grown))).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });
});

describe.each(scans)('the scan of %s', (_name, scan) => {
  it('asks of two books together at most what it asks of both apart', () => {
    fc.assert(
      fc.property(anyLegs, anyLegs, (one, other) => {
        const together = scanAmount(scan, [...one, ...other]);
        const apart = scanAmount(scan, one) + scanAmount(scan, other);

        expect(together - apart).toBeLessThan(scaleOf(oneUnderlying([...one, ...other])) * 1e-12);
      }),
      RUNS,
    );
  });

  it('asks no less with a scenario more', () => {
    fc.assert(
      fc.property(anyLegs, fc.integer({ min: 1, max: scan.grid.length }), (legs, rows) => {
        const fewer = { ...scan, grid: scan.grid.slice(0, rows) };

        expect(scanAmount(fewer, legs)).toBeLessThanOrEqual(scanAmount(scan, legs));
      }),
      RUNS,
    );
  });

  it('asks of a call spread at most its largest loss, and of a long box nothing', () => {
    const [low, high] = [option(1, 70_000), option(-1, 80_000)];
    const box = [low, high, option(-1, 70_000, false), option(1, 80_000, false)];
    const inverted = scaledLegs([low, high], -1);

    // Long: the premium, below the 10,000 between the strikes; short: that width.
    expect(scanAmount(scan, [low, high])).toBeLessThan(10_000);
    expect(scanAmount(scan, inverted)).toBeLessThan(10_000);
    // In coins a fixed number of dollars gains and loses with the coin itself.
    if (scan.numeraire === 'USD') expect(scanAmount(scan, box)).toBeCloseTo(0, 6);
  });
});
