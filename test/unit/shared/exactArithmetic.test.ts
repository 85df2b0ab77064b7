import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isWhole,
  productExact,
  quantity,
  quotientExact,
  ratio,
  type Quantity,
} from '../../../subgraphs/shared/units.js';

describe('quotientExact', () => {
  it('divides when the result ends within 18 decimal places', () => {
    expect(quotientExact(quantity('-204000'), quantity('10'))).toEqual(quantity('-20400'));
  });

  it.each([
    ['1', '3'],
    ['0.000000000000000001', '2'],
    ['99999999999999999999', '0.1'],
  ])('has no exact result for %s ÷ %s', (size, by) => {
    expect(quotientExact(quantity(size), quantity(by))).toBeNull();
  });

  it('undoes productExact wherever that has a result', () => {
    const amounts = fc.integer({ min: 1, max: 1e9 }).map((digits) => `0.${digits}`);
    fc.assert(
      fc.property(amounts, amounts, (size, multiple) => {
        const product = productExact(quantity(size), ratio(multiple)) as Quantity;
        expect(quotientExact(product, quantity(multiple))).toEqual(quantity(size));
      }),
    );
  });
});

describe('productExact', () => {
  it('has no exact result below 18 decimal places', () => {
    expect(productExact(quantity('0.000000000000000001'), ratio('0.1'))).toBeNull();
  });
});

describe('isWhole', () => {
  it('tells whole numbers from fractions', () => {
    expect(['-3', '0', '2.5'].map((text) => isWhole(quantity(text)))).toEqual([true, true, false]);
  });
});
