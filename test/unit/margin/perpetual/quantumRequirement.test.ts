import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../../subgraphs/margin/domain/liquidation/invalidInput.js';
import {
  netNotional,
  type QuantumMarket,
} from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumMarket.js';
import {
  quantumRequirement,
  scaledInitialMarginPpm,
} from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumRequirement.js';
import { bitcoin, BITCOIN, unit, USDC } from './quantumBooks.js';

describe('netNotional', () => {
  it('brings base quantums and the price to quote quantums', () => {
    // A quarter of a bitcoin at 40,000.
    expect(netNotional(bitcoin, BITCOIN / 4n)).toBe(10_000n * USDC);
    expect(netNotional(bitcoin, -BITCOIN / 4n)).toBe(-10_000n * USDC);
  });

  it('multiplies where a base quantum is worth more than the smallest quote', () => {
    expect(netNotional({ ...unit(0n, 0n), baseResolution: -4 }, 3n)).toBe(300n);
  });

  it('cuts toward zero, as the venue does', () => {
    const tenth = { ...unit(0n, 0n), priceExponent: -1 };
    expect([netNotional(tenth, 19n), netNotional(tenth, -19n)]).toEqual([1n, -1n]);
  });

  it.each([
    ['price', { price: -1n }],
    ['priceExponent', { priceExponent: 0.5 }],
    ['priceExponent', { priceExponent: -101 }],
    ['baseResolution', { baseResolution: 101 }],
  ])('refuses an impossible %s', (field, terms) => {
    expect(() => netNotional({ ...bitcoin, ...terms }, 1n)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field }) as InvalidInput,
    );
  });
});

describe('quantumRequirement', () => {
  it('takes the initial rate of notional, and of that the maintenance fraction', () => {
    // 5 % of 10,000, and 60 % of it.
    const required = { initial: 500n * USDC, maintenance: 300n * USDC };
    expect(quantumRequirement(bitcoin, BITCOIN / 4n)).toEqual(required);
    expect(quantumRequirement(bitcoin, -BITCOIN / 4n)).toEqual(required);
  });

  it('rounds both up, the maintenance from the rounded initial margin', () => {
    // 10 % of 11 is 1.1, so 2; 60 % of 2 is 1.2, so 2 again, where 60 % of 1.1 would be 1.
    expect(quantumRequirement(unit(100_000n, 600_000n), 11n)).toEqual({
      initial: 2n,
      maintenance: 2n,
    });
  });

  it('asks for nothing without a position', () => {
    expect(quantumRequirement(bitcoin, 0n)).toEqual({ initial: 0n, maintenance: 0n });
  });

  it('raises the initial margin with open interest, and leaves the maintenance margin', () => {
    // Half way between the caps, 5 % rises by half of 95 %: 52.5 % of 10,000.
    expect(quantumRequirement(openInterest(2_000n), BITCOIN / 4n)).toEqual({
      initial: 5_250n * USDC,
      maintenance: 300n * USDC,
    });
  });

  it.each([
    ['initialMarginPpm', { initialMarginPpm: -1n }],
    ['initialMarginPpm', { initialMarginPpm: 1_000_001n }],
    ['maintenanceFractionPpm', { maintenanceFractionPpm: -1n }],
    ['maintenanceFractionPpm', { maintenanceFractionPpm: 1_000_001n }],
  ])('refuses an impossible %s', (field, terms) => {
    const market = { ...bitcoin, tier: { ...bitcoin.tier, ...terms } };
    expect(() => quantumRequirement(market, 1n)).toThrow(
      expect.objectContaining({ field }) as InvalidInput,
    );
  });
});

/** Bitcoin with a lower cap of 1,000 and an upper cap of 3,000 USDC; open interest in USDC. */
const openInterest = (usdc: bigint): QuantumMarket => ({
  ...bitcoin,
  // A dollar is 2,500 quantums at 40,000.
  openInterest: usdc * 2_500n,
  tier: { ...bitcoin.tier, openInterestCaps: { lower: 1_000n * USDC, upper: 3_000n * USDC } },
});

describe('scaledInitialMarginPpm', () => {
  it.each([
    ['below the lower cap', 999n, 50_000n],
    ['at the lower cap', 1_000n, 50_000n],
    ['a quarter of the way', 1_500n, 287_500n],
    ['at the upper cap', 3_000n, 1_000_000n],
    ['above the upper cap', 9_000n, 1_000_000n],
  ])('is on the line %s', (_, usdc, ppm) => {
    expect(scaledInitialMarginPpm(openInterest(usdc))).toBe(ppm);
  });

  it('cuts to whole parts per million', () => {
    // (1,001 − 1,000) ÷ 2,000 of 950,000 is 475 exactly; a third of a dollar more adds 158.33.
    expect(scaledInitialMarginPpm(openInterest(1_001n))).toBe(50_475n);
    const third = { ...openInterest(1_001n), openInterest: 1_001n * 2_500n + 833n };
    expect(scaledInitialMarginPpm(third)).toBe(50_633n);
  });

  it('takes an upper cap of zero for no scaling', () => {
    const caps = { lower: 0n, upper: 0n };
    const market = { ...openInterest(9_000n), tier: { ...bitcoin.tier, openInterestCaps: caps } };
    expect(scaledInitialMarginPpm(market)).toBe(50_000n);
  });

  it('is the whole notional above caps that coincide', () => {
    const caps = { lower: 1_000n * USDC, upper: 1_000n * USDC };
    const market = { ...openInterest(1_001n), tier: { ...bitcoin.tier, openInterestCaps: caps } };
    expect(scaledInitialMarginPpm(market)).toBe(1_000_000n);
    expect(scaledInitialMarginPpm({ ...market, openInterest: 2_500_000n })).toBe(50_000n);
  });

  it('does not scale what has no caps, or whose open interest does not matter', () => {
    expect(scaledInitialMarginPpm({ ...bitcoin, openInterest: 10n ** 30n })).toBe(50_000n);
    expect(scaledInitialMarginPpm({ ...openInterest(9_000n), openInterest: null })).toBe(50_000n);
  });

  it('refuses a negative open interest', () => {
    expect(() => scaledInitialMarginPpm(openInterest(-1n))).toThrow('openInterest');
  });
});

const ppm = fc.bigInt({ min: 0n, max: 1_000_000n });
const size = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const interest = fc.bigInt({ min: 0n, max: 10n ** 20n });
const markets = fc
  .record({ price: fc.bigInt({ min: 0n, max: 10n ** 18n }), initial: ppm, fraction: ppm, interest })
  .map((drawn): QuantumMarket => ({
    ...openInterest(0n),
    price: drawn.price,
    openInterest: drawn.interest,
    tier: {
      initialMarginPpm: drawn.initial,
      maintenanceFractionPpm: drawn.fraction,
      openInterestCaps: { lower: 1_000n * USDC, upper: 3_000_000n * USDC },
    },
  }));

describe('quantumRequirement, for any position', () => {
  it('is never less to open than to stay open, nor more than the notional rounded up', () => {
    fc.assert(
      fc.property(markets, size, (market, quantums) => {
        const { initial, maintenance } = quantumRequirement(market, quantums);
        const notional = netNotional(market, quantums < 0n ? -quantums : quantums);
        expect(maintenance >= 0n && initial >= maintenance && notional >= initial).toBe(true);
      }),
    );
  });

  it('never falls when open interest grows', () => {
    fc.assert(
      fc.property(markets, size, interest, (market, quantums, more) => {
        const grown = { ...market, openInterest: (market.openInterest ?? 0n) + more };
        const before = quantumRequirement(market, quantums).initial;
        expect(quantumRequirement(grown, quantums).initial >= before).toBe(true);
      }),
    );
  });

  it('is no less after the position is split in two', () => {
    fc.assert(
      fc.property(markets, fc.bigInt(0n, 10n ** 20n), fc.bigInt(0n, 10n ** 20n), (market, a, b) => {
        const whole = quantumRequirement(market, a + b).maintenance;
        const parts =
          quantumRequirement(market, a).maintenance + quantumRequirement(market, b).maintenance;
        // The notional of a part is cut to whole quantums, which is worth less than one of them.
        expect(parts + 1n >= whole).toBe(true);
      }),
    );
  });
});
