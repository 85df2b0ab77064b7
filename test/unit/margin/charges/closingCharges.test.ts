import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76 } from '../../../../subgraphs/shared/pricing/black76.js';
import {
  chargeRequirement,
  type Charge,
} from '../../../../subgraphs/margin/domain/scenario/charges.js';
import {
  anyLegs,
  oneUnderlying,
  scaledLegs,
  type Leg,
  type Market,
} from '../delta/oneUnderlying.js';

const amounts = (charge: Charge, legs: readonly Leg[], market?: Market) => {
  const { amount, shares } = chargeRequirement('CHARGE', charge, oneUnderlying(legs, market));
  return [amount, ...shares].map((value) => Number(value.toFixed(6)));
};

const call = (quantity: number, strike = 70_000): Leg => ({
  kind: 'OPTION',
  quantity,
  strike,
  isCall: true,
});

describe('SHORT_OPTION_MINIMUM', () => {
  const minimum: Charge = { kind: 'SHORT_OPTION_MINIMUM', rate: 0.01 };

  it('charges what is net short at each strike, calls and puts together', () => {
    // Deribit's example: call +10 and put −20 at one strike are 10 short: 1 % × 10 × 70,000.
    const legs = [call(10), { ...call(-20), isCall: false }];

    expect(amounts(minimum, legs)).toEqual([7_000, -7_000, 14_000]);
  });

  it('does not net strikes or expiries with each other', () => {
    const legs = [call(-1), call(5, 80_000), { ...call(5), expiry: 1 }];

    expect(amounts(minimum, legs)).toEqual([700, 700, 0, 0]);
  });

  it('is nothing for who is long', () => {
    expect(amounts(minimum, [call(5), { kind: 'FUTURE', quantity: -5 }])).toEqual([0, 0, 0]);
  });
});

describe('MINIMUM_CHARGE', () => {
  const charge: Charge = {
    kind: 'MINIMUM_CHARGE',
    rate: 0.01,
    tiers: [
      { upTo: 10_000, rate: 1 },
      { upTo: 70_000, rate: 2 },
      { upTo: null, rate: 4 },
    ],
  };

  it('multiplies only the slice that lies in a tier', () => {
    // OKX's example: a raw charge of 30,000 costs 10,000 + 20,000 × 2 = 50,000; three quarters of
    // it for three quarters of the 3,000,000 USD.
    const legs: Leg[] = [{ kind: 'FUTURE', quantity: 45 }, call(-15)];

    expect(amounts(charge, legs, { spot: 50_000 })).toEqual([50_000, 37_500, 12_500]);
  });

  it('goes on beyond the last tier', () => {
    // 100,000: 10,000 + 60,000 × 2 + 30,000 × 4 = 250,000.
    expect(amounts(charge, [{ kind: 'FUTURE', quantity: -200 }], { spot: 50_000 })[0]).toBe(
      250_000,
    );
  });

  it('is nothing for an empty book', () => {
    expect(amounts(charge, [])).toEqual([0]);
  });
});

describe('FUTURES_CONTINGENCY', () => {
  it('charges every future, long or short', () => {
    // 0.6 % × 70,000 × (1 + 2); an inverse contract by the coins at its mark: 75,000 at 75,000.
    const legs: Leg[] = [
      { kind: 'FUTURE', contract: 'INVERSE', quantity: 75_000, mark: 75_000 },
      { kind: 'FUTURE', quantity: -2, expiry: 0 },
      call(3),
    ];

    expect(amounts({ kind: 'FUTURES_CONTINGENCY', rate: 0.006 }, legs)).toEqual([
      1_260, 420, 840, 0,
    ]);
  });
});

describe('FEE_PROVISION', () => {
  const fees: Charge = {
    kind: 'FEE_PROVISION',
    futures: 0.0005,
    options: 0.0004,
    premiumShare: 0.125,
  };

  it('charges both sides of a hedge, and an option by the underlying', () => {
    // 0.05 % of 70,000 = 35 each; 0.04 % of 70,000 = 28 for the call.
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: 1 },
      { kind: 'FUTURE', quantity: -1 },
      call(-1),
    ];

    expect(amounts(fees, legs)).toEqual([98, 35, 35, 28]);
  });

  it('caps the fee of a cheap option at a share of its premium', () => {
    const premium = black76({
      type: 'CALL',
      forward: 70_000,
      strike: 140_000,
      volatility: 0.6,
      years: 30 / 365,
      discount: 1,
    });

    expect(amounts(fees, [call(-2, 140_000)])[0]).toBeCloseTo(2 * 0.125 * premium, 6);
    expect(0.125 * premium).toBeLessThan(28);
  });
});

describe('LIQUIDITY', () => {
  const liquidity: Charge = {
    kind: 'LIQUIDITY',
    impact: 1,
    dailyVolatility: 0.04,
    dailyVolumeUsd: 7_000_000_000,
    maximum: 0.5,
  };
  const perpetual = (quantity: number, venue = 'one'): Leg => ({ kind: 'FUTURE', quantity, venue });

  it('charges the square-root law on what is to trade', () => {
    // 1,000 × 70,000 = 70M, 1 % of the volume: 4 % × √0.01 = 0.4 % of it.
    expect(amounts(liquidity, [perpetual(1_000)])).toEqual([280_000, 280_000]);
  });

  it('counts a hedge over two venues on both, and one at a venue not at all', () => {
    // 140M, 2 % of the volume: 4 % × √0.02 × 140M = 791,959.59….
    const hedge = [perpetual(1_000, 'one'), perpetual(-1_000, 'two')];

    expect(amounts(liquidity, hedge)[0]).toBeCloseTo(0.04 * Math.SQRT2 * 0.1 * 140e6, 6);
    expect(amounts(liquidity, [perpetual(1_000), perpetual(-1_000)])).toEqual([0, 0, 0]);
  });

  it.each([null, 0])('charges the maximum where the volume is %s', (dailyVolumeUsd) => {
    expect(amounts({ ...liquidity, dailyVolumeUsd }, [perpetual(-2)])).toEqual([70_000, 70_000]);
  });

  it('asks nothing of a flat book where there is no volume', () => {
    const none: Charge = { ...liquidity, dailyVolumeUsd: 0 };

    expect(amounts(none, [perpetual(1), perpetual(-1)])).toEqual([0, 0, 0]);
  });

  it('ends at the maximum', () => {
    const thin: Charge = { ...liquidity, dailyVolumeUsd: 1 };

    expect(amounts(thin, [perpetual(2)])).toEqual([70_000, 70_000]);
  });

  it('grows at least as fast as the book, for any book', () => {
    fc.assert(
      fc.property(anyLegs, fc.integer({ min: 1, max: 9 }), (legs, times) => {
        const [once = NaN] = amounts(liquidity, legs);
        const [grown = NaN] = amounts(liquidity, scaledLegs(legs, times));
        expect(grown).toBeGreaterThanOrEqual(times * once * (1 - 1e-12) - 1e-4);
      }),
    );
  });
});
