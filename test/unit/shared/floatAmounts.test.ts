import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  format,
  isLess,
  negate,
  quantity,
  ratio,
  ratioFromFloat,
  requirementFromFloat,
  toFloat,
  usd,
  usdFromFloat,
} from '../../../subgraphs/shared/units.js';

describe('requirementFromFloat', () => {
  it('rounds up to 10⁻⁸ dollars, toward +∞ on both sides of zero', () => {
    expect(requirementFromFloat(1.000000001)).toEqual(usd('1.00000001'));
    expect(requirementFromFloat(-1.000000009)).toEqual(usd('-1'));
    expect(requirementFromFloat(1e-300)).toEqual(usd('0.00000001'));
  });

  it('keeps what the grid holds', () => {
    expect(requirementFromFloat(1.5)).toEqual(usd('1.5'));
    expect(requirementFromFloat(-0)).toEqual(usd('0'));
  });
});

describe('usdFromFloat', () => {
  it('rounds toward −∞ on both sides of zero', () => {
    expect(usdFromFloat(1.000000009)).toEqual(usd('1'));
    expect(usdFromFloat(-1.000000001)).toEqual(usd('-1.00000001'));
    expect(usdFromFloat(-1e-300)).toEqual(usd('-0.00000001'));
  });
});

describe('ratioFromFloat', () => {
  it('takes the shortest decimal of the float, and rounds it to the nearest 10⁻¹⁸', () => {
    expect(ratioFromFloat(-0.135)).toEqual(ratio('-0.135'));
    expect(ratioFromFloat(6e-19)).toEqual(ratio('0.000000000000000001'));
    expect(ratioFromFloat(4e-19)).toEqual(ratio('0'));
  });
});

describe.each([
  ['requirementFromFloat', requirementFromFloat],
  ['usdFromFloat', usdFromFloat],
  ['ratioFromFloat', ratioFromFloat],
])('%s', (_, fromFloat) => {
  it.each([NaN, Infinity, -Infinity, 1e20, -1e30])('refuses %d', (value) => {
    expect(() => fromFloat(value as never)).toThrow(RangeError);
  });

  it('says which number it refuses', () => {
    expect(() => fromFloat(1e30)).toThrow('Not an amount of at most 20 digits: 1e+30');
  });
});

describe('amounts from floats', () => {
  const floats = fc.double({ min: -1e19, max: 1e19, noNaN: true });

  it('have the float between them, no further apart than the grid', () => {
    fc.assert(
      fc.property(floats, (value) => {
        const [floor, ceil] = [usdFromFloat(value), requirementFromFloat(value)];
        expect(isLess(ceil, floor)).toBe(false);
        expect(requirementFromFloat(-value)).toEqual(negate(floor));
        expect(Math.abs(toFloat(ceil) - value)).toBeLessThanOrEqual(
          1e-8 + Math.abs(value) * Number.EPSILON,
        );
      }),
    );
  });

  it('read back from their text', () => {
    fc.assert(
      fc.property(floats, (value) => {
        expect(usd(format(requirementFromFloat(value)))).toEqual(requirementFromFloat(value));
      }),
    );
  });
});

describe('toFloat', () => {
  it('gives the nearest float', () => {
    expect(toFloat(quantity('-12.5'))).toBe(-12.5);
    expect(toFloat(ratio('0.1'))).toBe(0.1);
  });
});
