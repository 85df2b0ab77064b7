import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scanProfits } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import type { ScanComponent } from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import { anyLegs, oneUnderlying, scaleOf, type Leg } from '../delta/oneUnderlying.js';
import { initialOf, option, perpetual, resultOf, RUNS, scanOf } from './presets.js';

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
