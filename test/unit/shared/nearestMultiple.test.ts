import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abs,
  format,
  isLess,
  isWhole,
  nearestMultiple,
  price,
  quotientExact,
  subtract,
  type Quantity,
} from '../../../subgraphs/shared/units.js';

describe('nearestMultiple', () => {
  it.each([
    { value: '68000.24', step: '0.5', expected: '68000' },
    { value: '68000.25', step: '0.5', expected: '68000.5' },
    { value: '-68000.25', step: '0.5', expected: '-68000.5' },
    { value: '0.00004', step: '0.0001', expected: '0' },
    { value: '7', step: '3', expected: '6' },
  ])('is $expected for $value in steps of $step', ({ value, step, expected }) => {
    expect(format(nearestMultiple(price(value), price(step)))).toBe(expected);
  });

  it('is a whole number of steps and at most half a step away, for any value', () => {
    const decimals = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.constantFrom('0.5', '0.01', '0.0001', '3'))
      .map(([n, step]) => {
        const text = n.toString().padStart(19, '0');
        return { value: price(`${text.slice(0, -18)}.${text.slice(-18)}`), step: price(step) };
      });
    fc.assert(
      fc.property(decimals, ({ value, step }) => {
        const nearest = nearestMultiple(value, step);
        const steps = quotientExact(asQuantity(format(nearest)), asQuantity(format(step)));
        const distance = abs(subtract(nearest, value));
        expect(steps !== null && isWhole(steps)).toBe(true);
        expect(isLess(subtract(step, distance), distance)).toBe(false);
      }),
    );
  });
});

const asQuantity = (text: string) => price(text) as unknown as Quantity;
