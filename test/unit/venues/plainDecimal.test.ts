import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format, quantity } from '../../../subgraphs/shared/units.js';
import { plainDecimal } from '../../../subgraphs/venues/kit/plainDecimal.js';

describe('plainDecimal', () => {
  it.each([
    ['-1e-08', '-0.00000001'],
    ['3.2781e-05', '0.000032781'],
    ['1.5E+3', '1500'],
    ['7476.65', '7476.65'],
    ['1073.85000000', '1073.85'],
    ['-0.0', '0'],
    ['0e999999999', '0'],
    ['12300e-2', '123'],
    ['1e19', '10000000000000000000'],
    ['1e-18', '0.000000000000000001'],
  ])('writes %s as %s', (source, plain) => {
    expect(plainDecimal(source)).toBe(plain);
  });

  it.each([
    '1e20',
    '1e-19',
    '0.1234567890123456789',
    '1e999999999',
    'NaN',
    '',
    '1,5',
    '0x10',
    '.5',
  ])('has no exact plain form for %j', (source) => {
    expect(plainDecimal(source)).toBeNull();
  });

  it('gives every number that it carries the same value, in the notation of the graph', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const plain = plainDecimal(String(number));
        fc.pre(plain !== null);
        expect([Number(plain), format(quantity(plain))]).toEqual([number + 0, plain]);
      }),
    );
  });

  it('carries every number within 20 digits before and 18 after the point', () => {
    const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
    fc.assert(
      fc.property(digits(20), digits(18), (whole, fraction) => {
        expect(plainDecimal(`${whole}.${fraction}`)).toBe(format(quantity(`${whole}.${fraction}`)));
      }),
    );
  });
});
