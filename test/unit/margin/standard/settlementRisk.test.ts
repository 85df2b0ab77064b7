import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settlementRisk } from '../../../../subgraphs/margin/domain/standard/settlementRisk.js';
import type { StandardOption } from '../../../../subgraphs/margin/domain/standard/standardPosition.js';
import { isLess, price, quantity, toFloat, usd } from '../../../../subgraphs/shared/units.js';
import { anyOptions } from './arbitraryOptions.js';
import { call, put } from './standardPositions.js';

const riskOf = (...options: StandardOption[]) => settlementRisk(options);

describe('settlementRisk', () => {
  it('of a call spread is the distance of its strikes, from the upper one on', () => {
    expect(
      riskOf(call({ units: '-3', strike: '1800' }), call({ units: '3', strike: '2000' })),
    ).toEqual({
      loss: usd('600'),
      settlementPrice: price('2000'),
      unpairedCalls: quantity('0'),
    });
  });

  it('of a short put is at a settlement at nothing', () => {
    expect(riskOf(put({ units: '-2', strike: '1500' }))).toMatchObject({
      loss: usd('3000'),
      settlementPrice: price('0'),
    });
  });

  it('of a put spread is below the lower strike', () => {
    const spread = [put({ units: '-1', strike: '3000' }), put({ units: '1', strike: '2500' })];

    expect(riskOf(...spread)).toMatchObject({ loss: usd('500'), settlementPrice: price('0') });
  });

  it('counts the calls sold that none bought pairs, apart from what is lost at strikes', () => {
    // At 1 200: 1.5 × 200 lost, before calls that would lose without bound.
    const spread = [call({ units: '-1.5', strike: '1000' }), call({ units: '1', strike: '1200' })];

    expect(riskOf(...spread)).toEqual({
      loss: usd('300'),
      settlementPrice: price('1200'),
      unpairedCalls: quantity('0.5'),
    });
  });

  it('of options that cannot lose is nothing', () => {
    const longs = [call({ units: '1', strike: '1000' }), put({ units: '1', strike: '3000' })];

    expect(riskOf(...longs).loss).toEqual(usd('0'));
    expect(riskOf().loss).toEqual(usd('0'));
  });

  it('of a short box is what it pays at every settlement price', () => {
    const box = [
      call({ units: '-1', strike: '1000' }),
      put({ units: '1', strike: '1000' }),
      call({ units: '1', strike: '2000' }),
      put({ units: '-1', strike: '2000' }),
    ];
    expect(riskOf(...box).loss).toEqual(usd('1000'));
  });

  it('keeps a call with a strike of nothing in the slope from the start', () => {
    const stock = [call({ units: '1', strike: '0' }), call({ units: '-1', strike: '2000' })];

    expect(riskOf(...stock).loss).toEqual(usd('0'));
  });
});

describe('settlementRisk, for any options', () => {
  /** Written straight from the definition, in float64. */
  function plainRisk(options: readonly StandardOption[]): readonly number[] {
    const payoff = (at: number) =>
      options.reduce((total, { units, strike, optionType }) => {
        const over = at - toFloat(strike);
        return total + toFloat(units) * Math.max(optionType === 'CALL' ? over : -over, 0);
      }, 0);
    const prices = [0, ...options.map(({ strike }) => toFloat(strike))];
    const calls = options.filter(({ optionType }) => optionType === 'CALL');
    const net = calls.reduce((total, { units }) => total + toFloat(units), 0);
    return [Math.max(0, ...prices.map((at) => -payoff(at))), Math.max(0, -net)];
  }

  it('is the worst of all strikes and of nothing, with the unpaired calls', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { loss, unpairedCalls } = riskOf(...options);
        expect([toFloat(loss), toFloat(unpairedCalls)]).toEqual(plainRisk(options));
      }),
    );
  });

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(riskOf(...options.toReversed())).toEqual(riskOf(...options));
      }),
    );
  });

  it('bounds what they lose at any settlement price where no call is unpaired', () => {
    fc.assert(
      fc.property(anyOptions, fc.integer({ min: 0, max: 50_000 }), (options, at) => {
        const { loss, unpairedCalls } = riskOf(...options);
        fc.pre(toFloat(unpairedCalls) === 0);
        const lost = options.reduce((total, { units, strike, optionType }) => {
          const over = at - toFloat(strike);
          return total - toFloat(units) * Math.max(optionType === 'CALL' ? over : -over, 0);
        }, 0);
        expect(isLess(loss, usd(String(lost)))).toBe(false);
      }),
    );
  });
});
