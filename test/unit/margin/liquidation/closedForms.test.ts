import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  partialFraction,
  type PartialLiquidation,
} from '../../../../subgraphs/margin/domain/liquidation/partialFraction.js';
import {
  chosenShare,
  liquidatedShares,
  type ShareLiquidationRules,
} from '../../../../subgraphs/margin/domain/liquidation/shareLiquidation.js';
import {
  singleBankruptcyPrice,
  singleLiquidationPrice,
  type SinglePosition,
} from '../../../../subgraphs/margin/domain/liquidation/singlePositionPrices.js';

const linear: SinglePosition = {
  contract: 'LINEAR',
  size: 2,
  entryPrice: 70_000,
  wallet: 14_000,
  maintenanceRate: 0.01,
};
const inverse: SinglePosition = { ...linear, contract: 'INVERSE', size: 140_000, wallet: 0.4 };

describe('singleLiquidationPrice', () => {
  it('of a linear long is below, of a linear short above the entry', () => {
    // (70,000 − 7,000) ÷ 0.99 and (70,000 + 7,000) ÷ 1.01: domain.md §13.
    expect(singleLiquidationPrice(linear)).toBeCloseTo(63_636.36, 2);
    expect(singleLiquidationPrice({ ...linear, size: -2 })).toBeCloseTo(76_237.62, 2);
  });

  it('of an inverse long is N (1 + m) ÷ (W + N ÷ entry)', () => {
    // 140,000 × 1.01 ÷ (0.4 + 2): domain.md §13.
    expect(singleLiquidationPrice(inverse)).toBeCloseTo(58_916.67, 2);
  });

  it('of an inverse short is N (1 − m) ÷ (N ÷ entry − W)', () => {
    // 140,000 × 0.99 ÷ (2 − 0.4).
    expect(singleLiquidationPrice({ ...inverse, size: -140_000 })).toBeCloseTo(86_625, 9);
  });

  it('does not exist where the margin pays for any price', () => {
    expect(singleLiquidationPrice({ ...linear, wallet: 140_000 })).toBeNull();
    expect(singleLiquidationPrice({ ...linear, wallet: 139_999 })).toBeGreaterThan(0);
    expect(singleLiquidationPrice({ ...inverse, size: -140_000, wallet: 2 })).toBeNull();
    expect(singleLiquidationPrice({ ...inverse, size: -140_000, wallet: 3 })).toBeNull();
  });

  it.each([
    ['size', { size: 0 }],
    ['size', { size: NaN }],
    ['entryPrice', { entryPrice: 0 }],
    ['entryPrice', { entryPrice: -1 }],
    ['wallet', { wallet: Infinity }],
    ['maintenanceRate', { maintenanceRate: 1 }],
    ['maintenanceRate', { maintenanceRate: -0.1 }],
  ])('refuses an impossible %s', (field, terms) => {
    const position = { ...linear, ...terms };
    expect(() => singleLiquidationPrice(position)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field }) as Error,
    );
    expect(() => singleBankruptcyPrice(position)).toThrow(field);
  });
});

describe('singleBankruptcyPrice', () => {
  it('is where nothing is left', () => {
    expect(singleBankruptcyPrice(linear)).toBe(63_000);
    expect(singleBankruptcyPrice({ ...linear, size: -2 })).toBe(77_000);
    // 140,000 ÷ 2.4.
    expect(singleBankruptcyPrice(inverse)).toBeCloseTo(58_333.333333, 6);
  });
});

const positions = fc
  .record({
    size: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    isLong: fc.boolean(),
    entryPrice: fc.double({ min: 1, max: 1e6, noNaN: true }),
    // As a share of the position's worth: above the maintenance rate, below all of it.
    margin: fc.double({ min: 0.11, max: 0.9, noNaN: true }),
    maintenanceRate: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
  })
  .map(({ isLong, margin, size, ...rest }) => ({
    ...rest,
    size: isLong ? size : -size,
    margin,
  }));

const contracts = fc.constantFrom('LINEAR' as const, 'INVERSE' as const);

/** Collateralized: the wallet is `margin` of the worth, in the contract's own currency. */
const collateralized = (
  drawn: Omit<SinglePosition, 'contract' | 'wallet'> & { margin: number },
  contract: SinglePosition['contract'],
): SinglePosition => {
  const worth = contract === 'LINEAR' ? drawn.entryPrice : 1 / drawn.entryPrice;
  return { ...drawn, contract, wallet: Math.abs(drawn.size) * worth * drawn.margin };
};

describe('the prices of any collateralized position', () => {
  it('rise from bankruptcy over liquidation to the entry for a long, and fall for a short', () => {
    fc.assert(
      fc.property(positions, contracts, (drawn, contract) => {
        const position = collateralized(drawn, contract);
        const order = [
          singleBankruptcyPrice(position) ?? NaN,
          singleLiquidationPrice(position) ?? NaN,
          position.entryPrice,
        ].map((price) => price * Math.sign(position.size));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        expect(new Set(order).size).toBe(3);
      }),
    );
  });

  it('solve the equation that they stand for', () => {
    fc.assert(
      fc.property(positions, contracts, (drawn, contract) => {
        const position = collateralized(drawn, contract);
        const { size, entryPrice, wallet, maintenanceRate } = position;
        const price = singleLiquidationPrice(position) ?? NaN;
        const [pnl, worth] =
          contract === 'LINEAR'
            ? [size * (price - entryPrice), Math.abs(size) * price]
            : [size * (1 / entryPrice - 1 / price), Math.abs(size) / price];
        expect((wallet + pnl) / worth).toBeCloseTo(maintenanceRate, 9);
      }),
    );
  });
});

describe('partialFraction', () => {
  const golden: PartialLiquidation = {
    collateral: 9_000,
    maintenanceMargin: 10_000,
    closingCost: 1_500,
    buffer: 0.2,
  };

  it('closes what brings the ratio to its target', () => {
    // (12,000 − 9,000) ÷ (12,000 − 1,500); 9,000 − 2/7 × 1,500 is left: domain.md §13.
    expect(partialFraction(golden)).toBeCloseTo(2 / 7, 12);
    expect(golden.collateral - partialFraction(golden) * golden.closingCost).toBeCloseTo(
      8_571.43,
      2,
    );
  });

  it('closes nothing that is at its target, and everything where less does not help', () => {
    expect(partialFraction({ ...golden, collateral: 12_000 })).toBe(0);
    expect(partialFraction({ ...golden, collateral: 20_000 })).toBe(0);
    expect(partialFraction({ ...golden, closingCost: 12_000 })).toBe(1);
    expect(partialFraction({ ...golden, closingCost: 20_000 })).toBe(1);
    expect(partialFraction({ ...golden, collateral: 1_000 })).toBe(1);
    expect(partialFraction({ ...golden, collateral: 0, maintenanceMargin: 0 })).toBe(0);
  });

  it.each([
    ['collateral', { collateral: NaN }],
    ['maintenanceMargin', { maintenanceMargin: -1 }],
    ['closingCost', { closingCost: -1 }],
    ['buffer', { buffer: -0.1 }],
  ])('refuses an impossible %s', (field, terms) => {
    expect(() => partialFraction({ ...golden, ...terms })).toThrow(field);
  });

  it('leaves at least the target ratio, for any account that a part can save', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.double({ min: 0, max: 2, noNaN: true }),
        (c, m, p, b) => {
          const account = { collateral: c, maintenanceMargin: m, closingCost: p, buffer: b };
          const fraction = partialFraction(account);
          expect(fraction >= 0 && fraction <= 1).toBe(true);
          fc.pre(fraction < 1 && m > 0);
          const left = c - fraction * p;
          expect(left).toBeGreaterThanOrEqual((1 + b) * m * (1 - fraction) - 1e-6);
        },
      ),
    );
  });
});

describe('chosenShare', () => {
  const rules: ShareLiquidationRules = { step: 0.25, feeShare: 0.4, targetRatio: 0.8 };
  /** Worth 1,000, of which 1,000 must be maintained. */
  const account = { cash: 1_200, unrealizedPnl: -200, maintenanceMargin: 1_000 };

  it('takes the least share in steps whose ratio is below the target', () => {
    // A quarter: 750 ÷ (1,000 − 100) is 0.83; half: 500 ÷ (1,000 − 200) is 0.625.
    expect(liquidatedShares(account, rules).map(({ ratio }) => ratio)).toEqual([
      750 / 900,
      500 / 800,
      250 / 700,
      0,
    ]);
    expect(chosenShare(account, rules)).toEqual({
      share: 0.5,
      maintenanceMargin: 500,
      penalty: 200,
      accountValue: 800,
      // 1,200 less half of the loss and the penalty.
      cash: 900,
      ratio: 0.625,
    });
  });

  it('does not take a ratio that only equals the target', () => {
    expect(chosenShare(account, { ...rules, targetRatio: 0.625 }).share).toBe(0.75);
  });

  it('takes everything when nothing less helps, and says when nothing is left', () => {
    const lost = { ...account, cash: 400 };
    const whole = chosenShare(lost, rules);
    // 400 − 200 − 400.
    expect(whole).toMatchObject({ share: 1, accountValue: -200, ratio: null });
    expect(liquidatedShares(lost, rules).map(({ ratio }) => ratio)).toEqual([
      7.5,
      null,
      null,
      null,
    ]);
  });

  it('ends with the whole where the step does not divide it, and without dust where it does', () => {
    const shares = (step: number) =>
      liquidatedShares(account, { ...rules, step }).map(({ share }) => share);
    expect(shares(0.4)).toEqual([0.4, 0.8, 1]);
    expect(shares(0.1)).toHaveLength(10);
    expect(shares(1 / 49)).toHaveLength(49);
    expect(shares(1 / 49).at(-1)).toBe(1);
    expect(shares(0.2).at(-1)).toBe(1);
    expect(shares(1)).toEqual([1]);
  });

  it.each([
    ['cash', { cash: NaN }, {}],
    ['unrealizedPnl', { unrealizedPnl: Infinity }, {}],
    ['maintenanceMargin', { maintenanceMargin: -1 }, {}],
    ['step', {}, { step: 0 }],
    ['step', {}, { step: 1.1 }],
    ['feeShare', {}, { feeShare: -1 }],
    ['targetRatio', {}, { targetRatio: 0 }],
  ])('refuses an impossible %s', (field, terms, changes) => {
    expect(() => chosenShare({ ...account, ...terms }, { ...rules, ...changes })).toThrow(field);
  });
});
