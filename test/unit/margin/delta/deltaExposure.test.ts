import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaExposure } from '../../../../subgraphs/margin/domain/delta/deltaExposure.js';
import { black76 } from '../../../../subgraphs/shared/pricing/black76.js';
import { anyLegs, oneUnderlying, scaleOf, type Leg, type Market } from './oneUnderlying.js';

const exposure = (legs: readonly Leg[], market?: Market) => {
  const { book, underlying } = oneUnderlying(legs, market);
  return deltaExposure(book, underlying);
};

describe('deltaExposure', () => {
  it('nets a perpetual against sold calls and keeps what is hedged in sight', () => {
    // Golden row of domain.md §13: +1 perpetual, −5 calls of delta 0.3: gross 2.5, net −0.5,
    // hedged (2.5 − 0.5) ÷ 2 = 1. At the strike of delta 0.3 by construction: N(d1) = 0.3.
    const deviation = 0.6 * Math.sqrt(30 / 365);
    const strike = 70_000 * Math.exp(deviation * (0.524400512708041 + deviation / 2));
    const { net, gross, hedged } = exposure([
      { kind: 'FUTURE', quantity: 1 },
      { kind: 'OPTION', quantity: -5, strike, isCall: true },
    ]);

    expect(net).toBeCloseTo(-0.5, 12);
    expect(gross).toBeCloseTo(2.5, 12);
    expect(hedged).toBeCloseTo(1, 12);
  });

  it('counts an inverse contract by the coins that its dollars stand for', () => {
    // 140,000 USD at a mark of 70,000 are 2 coins; short, they offset 2 coins held.
    const { net, gross } = exposure([
      { kind: 'FUTURE', contract: 'INVERSE', quantity: -140_000 },
      { kind: 'COIN', quantity: 2 },
    ]);

    expect([net, gross]).toEqual([0, 4]);
  });

  it('counts a quanto contract by what a dollar of the underlying is worth in it', () => {
    const { book, underlying } = oneUnderlying([
      { kind: 'FUTURE', contract: 'QUANTO', quantity: 4 },
    ]);
    const futures = underlying.futures.map((future) => ({ ...future, pointValue: 0.25 }));

    expect(deltaExposure(book, { ...underlying, futures }).net).toBe(1);
  });

  it('says of each line what it is, where it expires and whether coins settle it', () => {
    const { lines } = exposure([
      { kind: 'FUTURE', quantity: 1, expiry: 1 },
      { kind: 'FUTURE', contract: 'INVERSE', quantity: 70_000 },
      { kind: 'OPTION', quantity: 1, strike: 70_000, isCall: false },
      { kind: 'COIN', quantity: 2 },
    ]);

    expect(lines).toMatchObject([
      { line: 0, kind: 'FUTURE', isInverse: false, expiry: 1, delta: 1, gamma: 0 },
      { line: 1, kind: 'FUTURE', isInverse: true, expiry: null, delta: 1, gamma: 0 },
      { line: 2, kind: 'OPTION', isInverse: false, expiry: 0 },
      { line: 3, kind: 'COLLATERAL', isInverse: false, expiry: null, delta: 2, gamma: 0 },
    ]);
    expect(lines[2]?.delta).toBeLessThan(0);
  });

  it('is flat in a coin held and one sold by a perpetual', () => {
    const { net, hedged } = exposure([
      { kind: 'COIN', quantity: 1 },
      { kind: 'FUTURE', quantity: -1, venue: 'two' },
    ]);

    expect([net, hedged]).toEqual([0, 1]);
  });

  it('takes no hedge from a coin that does not move with the underlying', () => {
    const legs: Leg[] = [{ kind: 'COIN', quantity: 1, isRiskCancelling: false }];

    expect(exposure(legs)).toMatchObject({ net: 0, gross: 0, lines: [] });
  });

  it('nets each venue by itself, whatever its accounts are called', () => {
    const { byVenue } = exposure([
      { kind: 'FUTURE', quantity: 3, venue: 'one' },
      { kind: 'FUTURE', quantity: -1, venue: 'one' },
      { kind: 'FUTURE', quantity: -4, venue: 'two' },
    ]);

    expect([...byVenue]).toEqual([
      ['one', 2],
      ['two', -4],
    ]);
  });

  it('leaves out what a settled part of the forward no longer moves', () => {
    // Half of the forward is fixed: it moves by half a dollar for each dollar of the spot, which
    // halves the delta and quarters the gamma.
    const { book, underlying } = oneUnderlying([
      { kind: 'OPTION', quantity: 1, strike: 70_000, isCall: true },
    ]);
    const expiries = underlying.expiries.map((curve) => ({ ...curve, forwardFixed: 35_000 }));
    const [whole] = deltaExposure(book, underlying).lines;
    const [half] = deltaExposure(book, { ...underlying, expiries }).lines;

    expect(half?.delta).toBeCloseTo((whole?.delta ?? NaN) / 2, 12);
    expect(half?.gamma).toBeCloseTo((whole?.gamma ?? NaN) / 4, 12);
    expect(half?.gamma).toBeGreaterThan(1e-6);
  });

  it('takes a negative rate for none', () => {
    const { book, underlying } = oneUnderlying([
      { kind: 'OPTION', quantity: 1, strike: 1e-9, isCall: true, expiry: 1 },
    ]);
    const rate = { price: -0.5, confidence: 1 };
    const expiries = underlying.expiries.map((curve) => ({ ...curve, rate }));

    expect(deltaExposure(book, { ...underlying, expiries }).net).toBe(1);
  });

  it('refuses an option without a price and says which field is wrong', () => {
    const legs: Leg[] = [
      { kind: 'OPTION', quantity: 1, strike: 70_000, isCall: true, volatility: -0.1 },
    ];

    expect(() => exposure(legs)).toThrow(/^volatility/);
  });
});

describe('deltaExposure, of any book', () => {
  it('keeps 0 ≤ hedged ≤ gross ÷ 2 and gross = |net| + 2 × hedged', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { net, gross, hedged } = exposure(legs);

        expect(hedged).toBeGreaterThanOrEqual(0);
        expect(hedged).toBeLessThanOrEqual(gross / 2);
        expect(Math.abs(net) + 2 * hedged).toBeCloseTo(gross, 9);
      }),
    );
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const { net, gross } = exposure(legs);
        const reversed = exposure(legs.toReversed());

        expect(reversed.net).toBeCloseTo(net, 9);
        expect(reversed.gross).toBeCloseTo(gross, 9);
      }),
    );
  });

  it('keeps the delta of a call less that of the put equal to the discount', () => {
    const strike = fc.double({ min: 10_000, max: 300_000, noNaN: true });
    fc.assert(
      fc.property(strike, fc.double({ min: 0, max: 0.5, noNaN: true }), (at, rate) => {
        const { book, underlying } = oneUnderlying([
          { kind: 'OPTION', quantity: 1, strike: at, isCall: true, expiry: 1 },
          { kind: 'OPTION', quantity: -1, strike: at, isCall: false, expiry: 1 },
        ]);
        const expiries = underlying.expiries.map((curve) => ({
          ...curve,
          rate: { price: rate, confidence: 1 },
        }));

        const { net } = deltaExposure(book, { ...underlying, expiries });
        expect(net).toBeCloseTo(Math.exp((-rate * 90) / 365), 12);
      }),
    );
  });

  it('agrees with what a dollar more does to the value of the book', () => {
    const options = anyLegs.map((legs) => legs.filter(({ kind }) => kind === 'OPTION'));
    fc.assert(
      fc.property(options, (legs) => {
        const { book, underlying } = oneUnderlying(legs);
        const { net } = deltaExposure(book, underlying);
        const slope = (valueAt(legs, 70_001) - valueAt(legs, 69_999)) / 2;

        // The error of the difference is a sixth of the third derivative, below 1e-9 per unit here.
        expect(Math.abs(slope - net) / scaleOf({ book, underlying })).toBeLessThan(1e-9);
      }),
    );
  });
});

const valueAt = (legs: readonly Leg[], forward: number) =>
  legs.reduce((sum, leg) => {
    if (leg.kind !== 'OPTION') return sum;
    const type = leg.isCall ? ('CALL' as const) : ('PUT' as const);
    const years = (leg.expiry === 1 ? 90 : 30) / 365;
    const { strike, volatility = 0.6 } = leg;
    return sum + leg.quantity * black76({ type, forward, strike, volatility, years, discount: 1 });
  }, 0);
