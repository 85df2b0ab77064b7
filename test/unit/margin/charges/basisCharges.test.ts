import { describe, expect, it } from 'vitest';
import {
  chargeRequirement,
  type Charge,
} from '../../../../subgraphs/margin/domain/scenario/charges.js';
import { oneUnderlying, type Leg, type Market } from '../delta/oneUnderlying.js';

const amounts = (charge: Charge, legs: readonly Leg[], market?: Market) => {
  const { amount, shares } = chargeRequirement('CHARGE', charge, oneUnderlying(legs, market));
  return [amount, ...shares].map((value) => Number(value.toFixed(6)));
};

describe('ROLL', () => {
  const roll: Charge = { kind: 'ROLL', annualised: 0.075, minimum: 0.01 };

  it('charges each contract by its time to expiry, at least the minimum, without netting', () => {
    // 730 days: 0.075 × 2 years = 15 % of 70,000 = 10,500; the perpetual 1 % of 2 × 70,000.
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: -1, expiry: 0 },
      { kind: 'FUTURE', quantity: 2 },
      { kind: 'COIN', quantity: 5 },
    ];

    expect(amounts(roll, legs, { days: [730] })).toEqual([11_900, 10_500, 1_400, 0]);
  });

  it('counts an inverse contract by its coins, whatever the mark', () => {
    // 75,000 USD at a mark of 75,000 are one coin: 1 % of the index, 700.
    const legs: Leg[] = [{ kind: 'FUTURE', contract: 'INVERSE', quantity: 75_000, mark: 75_000 }];

    expect(amounts(roll, legs)).toEqual([700, 700]);
  });

  it('charges options by their delta', () => {
    // Deep in the money for two years: 15 % of 70,000.
    const legs: Leg[] = [{ kind: 'OPTION', quantity: 1, strike: 1e-9, isCall: true }];

    expect(amounts(roll, legs, { days: [730] })).toEqual([10_500, 10_500]);
  });
});

describe('TERM_BASIS', () => {
  const basis: Charge = { kind: 'TERM_BASIS', annualised: 0.05, minimum: 0.008 };

  it('charges both legs of a spread between two terms', () => {
    // 365 days: 5 % of 70,000 = 3,500; the perpetual 0.8 % of it, 560.
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: 1, expiry: 0 },
      { kind: 'FUTURE', quantity: -1 },
    ];

    expect(amounts(basis, legs, { days: [365] })).toEqual([4_060, 3_500, 560]);
  });

  it('nets within a term, where the line that hedges pays less than nothing', () => {
    const legs: Leg[] = [
      { kind: 'FUTURE', quantity: 3, expiry: 0 },
      { kind: 'FUTURE', quantity: -1, expiry: 0 },
    ];

    expect(amounts(basis, legs, { days: [365] })).toEqual([7_000, 10_500, -3_500]);
  });

  it('charges a coin hedged by a perpetual on the perpetual alone', () => {
    const legs: Leg[] = [
      { kind: 'COIN', quantity: 1 },
      { kind: 'FUTURE', quantity: -1 },
    ];

    expect(amounts(basis, legs)).toEqual([560, 0, 560]);
  });
});

describe('DELTA_SHOCK', () => {
  const shock: Charge = {
    kind: 'DELTA_SHOCK',
    threshold: 20_000_000,
    perUnit: 0.0005,
    maximum: 0.1,
  };
  const perpetual = (quantity: number) =>
    amounts(shock, [{ kind: 'FUTURE', quantity }], { spot: 50_000 });

  it('is nothing up to the threshold', () => {
    // 400 × 50,000 = 20,000,000.
    expect(perpetual(400)).toEqual([0, 0]);
  });

  it('rises with each unit beyond it, either way', () => {
    // 100 beyond: 5 % of 500 × 50,000.
    expect(perpetual(500)).toEqual([1_250_000, 1_250_000]);
    expect(perpetual(-500)).toEqual([1_250_000, 1_250_000]);
  });

  it('ends at the maximum', () => {
    // 600 beyond would be 30 %; 10 % of 1,000 × 50,000.
    expect(perpetual(1_000)).toEqual([5_000_000, 5_000_000]);
  });
});

describe('STABLECOIN_HEDGE', () => {
  const hedge: Charge = {
    kind: 'STABLECOIN_HEDGE',
    tiers: [
      { upTo: 1_000_000, rate: 0.0075 },
      { upTo: 5_000_000, rate: 0.0175 },
      { upTo: null, rate: 0.025 },
    ],
    lostPeg: { price: 0.8, rate: 0.4 },
  };
  const inverse: Leg = { kind: 'FUTURE', contract: 'INVERSE', quantity: -10_000_000 };
  const linear: Leg = { kind: 'FUTURE', quantity: 300 };

  it('charges the smaller side by its slices', () => {
    // OKX's example: 1M × 0.75 % + 4M × 1.75 % + 5M × 2.5 % = 202,500, of 10M against 15M.
    const market = { spot: 50_000 };

    expect(amounts(hedge, [inverse, linear], market)).toEqual([202_500, 202_500, 0]);
  });

  it('charges the whole hedge once the peg is lost', () => {
    const market = { spot: 50_000, stable: 0.8 };

    expect(amounts(hedge, [inverse, linear], market)).toEqual([4_000_000, 4_000_000, 0]);
  });

  it('is nothing where both are on the same side, whatever coins are held', () => {
    const coins: Leg = { kind: 'COIN', quantity: -300 };

    expect(amounts(hedge, [{ ...linear, quantity: -300 }, inverse, coins])).toEqual([0, 0, 0, 0]);
  });

  it('takes options for the currency that costs more', () => {
    // A future on zero, as an option: it hedges the linear contract as USD, and as the stablecoin
    // the inverse one: 1 of 70,000 either way.
    const option: Leg = { kind: 'OPTION', quantity: -1, strike: 1e-9, isCall: true };

    // 70,000 × 0.75 % = 525.
    expect(amounts(hedge, [option, { kind: 'FUTURE', quantity: 2 }])[0]).toBeCloseTo(525, 6);
    const long: Leg = { kind: 'FUTURE', contract: 'INVERSE', quantity: 140_000 };
    expect(amounts(hedge, [option, long])[0]).toBeCloseTo(525, 6);
  });
});
