import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  chargeRequirement,
  chargeSchema,
  type Charge,
} from '../../../../subgraphs/margin/domain/scenario/charges.js';
import { anyLegs, oneUnderlying, scaleOf, type Leg } from '../delta/oneUnderlying.js';
import { volatility } from '../scenario/riskBooks.js';

const tiers = [
  { upTo: 10_000, rate: 0.01 },
  { upTo: null, rate: 0.03 },
];

/** One of each kind, as a parameter file writes it. */
const charges: readonly Charge[] = z.array(chargeSchema).parse([
  { kind: 'ROLL', annualised: 0.075, minimum: 0.01 },
  { kind: 'DELTA_SHOCK', threshold: 100_000, perUnit: 0.01, maximum: 0.1 },
  { kind: 'MINIMUM_DELTA', unhedged: 0.02, hedged: 0.01 },
  { kind: 'DELTA_MARGIN', floor: 0.1, deviations: 3, dailyVolatility: 0.03, days: 2 },
  { kind: 'DELTA_GAMMA', move: 0.16 },
  { kind: 'CROSS_VENUE_BASIS', rate: 0.01 },
  { kind: 'TERM_BASIS', annualised: 0.05, minimum: 0.008 },
  { kind: 'MINIMUM_CHARGE', rate: 0.0045, tiers },
  { kind: 'STABLECOIN_HEDGE', tiers, lostPeg: { price: 0.8, rate: 0.4 } },
  { kind: 'SHORT_OPTION_MINIMUM', rate: 0.01 },
  {
    kind: 'LIQUIDITY',
    impact: 1,
    dailyVolatility: 0.03,
    dailyVolumeUsd: 1_000_000,
    maximum: 0.5,
  },
  { kind: 'EXPECTED_SHORTFALL', confidence: 0.75 },
  {
    kind: 'DAMPENED_TAILS',
    spots: [-0.66, 0.5, 5],
    volatility: { ...volatility, upMin: 0.5 },
    discountsMarks: false,
    range: 0.16,
    dampener: 10_000,
    numeraire: 'UNDERLYING',
  },
  { kind: 'FUTURES_CONTINGENCY', rate: 0.006 },
  { kind: 'FEE_PROVISION', futures: 0.0005, options: 0.0004, premiumShare: 0.125 },
]);

const RETURNS = [0.05, -0.08, 0.01, -0.02, 0.12, -0.15, 0.03, -0.01];
const kinds = charges.map((charge) => [charge.kind, charge] as const);

const requirement = (charge: Charge, legs: readonly Leg[]) =>
  chargeRequirement('NAME', charge, oneUnderlying(legs, { returns: RETURNS }));

describe('a charge of any kind', () => {
  it('is among those tested here', () => {
    const known = chargeSchema.options.map(({ shape }) => shape.kind.value);

    expect(charges.map(({ kind }) => kind).sort()).toEqual([...known].sort());
  });

  it.each(kinds)('%s asks nothing of an empty book', (_kind, charge) => {
    expect(requirement(charge, [])).toMatchObject({
      code: 'NAME',
      of: 'BTC',
      operation: 'LEAF',
      amount: 0,
    });
  });

  it.each(kinds)('%s is at least nothing and the sum of its shares', (_kind, charge) => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { amount, shares } = requirement(charge, legs);
        const rounding = scaleOf(oneUnderlying(legs)) * 1e-12;

        expect(shares).toHaveLength(legs.length);
        expect(amount).toBeGreaterThan(-rounding);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(amount, 6);
      }),
    );
  });

  it.each(kinds)('%s does not depend on the order of the lines', (_kind, charge) => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { amount } = requirement(charge, legs);
        const reversed = requirement(charge, legs.toReversed()).amount;

        expect(Math.abs(reversed - amount)).toBeLessThan(scaleOf(oneUnderlying(legs)) * 1e-12);
      }),
    );
  });

  it.each(kinds)('%s is a finite number for sizes of 1e30 and dying options', (_kind, charge) => {
    const legs: readonly Leg[] = [
      { kind: 'FUTURE', quantity: 1e30 },
      { kind: 'FUTURE', contract: 'INVERSE', quantity: -1e30, expiry: 0, venue: 'two' },
      { kind: 'OPTION', quantity: -1e30, strike: 70_000, isCall: true, volatility: 0 },
      { kind: 'OPTION', quantity: 1e30, strike: 1e-9, isCall: false, expiry: 1 },
      { kind: 'COIN', quantity: -1e30 },
    ];
    const scope = oneUnderlying(legs, { returns: RETURNS, days: [0, 1e-9] });
    const { amount, shares } = chargeRequirement('NAME', charge, scope);

    expect([amount, ...shares].every(Number.isFinite)).toBe(true);
  });
});

describe('chargeSchema', () => {
  it.each([
    ['a negative rate', { kind: 'CROSS_VENUE_BASIS', rate: -0.01 }],
    ['a rate in text', { kind: 'CROSS_VENUE_BASIS', rate: '0.01' }],
    ['a field that it does not know', { kind: 'CROSS_VENUE_BASIS', rate: 0.01, extra: 1 }],
    ['a hedge dearer than twice the net', { kind: 'MINIMUM_DELTA', unhedged: 0.01, hedged: 0.03 }],
    ['tiers that fall', { kind: 'MINIMUM_CHARGE', rate: 0.01, tiers: [tiers[1], tiers[0]] }],
    ['tiers that end', { kind: 'MINIMUM_CHARGE', rate: 0.01, tiers: [tiers[0]] }],
    ['tiers out of order', { kind: 'MINIMUM_CHARGE', rate: 0.01, tiers: [tiers[0], ...tiers] }],
    ['a certainty', { kind: 'EXPECTED_SHORTFALL', confidence: 1 }],
    ['an unknown kind', { kind: 'GUESS', rate: 0.01 }],
  ])('refuses %s', (_what, charge) => {
    expect(chargeSchema.safeParse(charge).success).toBe(false);
  });
});
